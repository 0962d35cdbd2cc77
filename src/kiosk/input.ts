import type { ChallengeName } from '../faces/index.ts';

/**
 * What a person does at the screen.
 *
 * - `start`: touched the idle screen. `cancel`: does not want to any more.
 * - `claim`: the person of a row of the list. `claim-name`: a typed name. `card`: the text of a QR card, read or typed.
 * - `use-pin`: the pad in place of the face. `pin`: the digits, all of them.
 * - `other-challenge`: cannot do the move that is asked.
 * - `maintenance`: the owner's way in and out, after the owner has proven to be it.
 */
export type KioskInput =
  | { readonly type: 'start' }
  | { readonly type: 'cancel' }
  | { readonly type: 'claim'; readonly personId: string }
  | { readonly type: 'claim-name'; readonly name: string }
  | { readonly type: 'card'; readonly text: string }
  | { readonly type: 'use-pin' }
  | { readonly type: 'pin'; readonly digits: string }
  | { readonly type: 'other-challenge'; readonly challenge: ChallengeName }
  | { readonly type: 'maintenance'; readonly on: boolean };
