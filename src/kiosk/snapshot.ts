import type { ChallengeName, Instruction } from '../faces/index.ts';

/** The one thing to do next; `look-here` when nothing is wrong and the kiosk is still looking. */
export type LookInstruction = Exclude<Instruction, 'ok' | 'no-face'> | 'look-here';

/**
 * Why nobody was let in, as far as people are told. Of the person: `not-recognised` (also when it was another one than
 * claimed: the screen does not tell who it nearly was), `not-living`, `cannot-see`, `too-slow`, `pin-wrong`, `card-invalid`.
 * Of the kiosk: `ask-for-help` (every other way is used up or switched off), `not-now` (something failed; it did not open),
 * `door-unknown` (the door was asked, and nobody knows whether it opened).
 */
export const tryAgainReasons = ['not-recognised', 'not-living', 'cannot-see', 'too-slow', 'pin-wrong', 'card-invalid', 'ask-for-help', 'not-now', 'door-unknown'] as const;
export type TryAgainReason = (typeof tryAgainReasons)[number];

/** Why the kiosk serves nobody, most pressing first. All but `update` and `no-setup` end by themselves when their cause ends. */
export const serviceReasons = [
  'no-setup', 'update', 'no-engine', 'no-camera', 'camera-ended', 'no-frames', 'camera-covered', 'record', 'gallery', 'no-keys', 'door-offline', 'storage-full',
] as const;
export type ServiceReason = (typeof serviceReasons)[number];

/** Ways to say who one is. */
export const claimWays = ['typed', 'list', 'card'] as const;
export type ClaimWay = (typeof claimWays)[number];

/**
 * What the screen shows: one state at a time. It never holds whom a face nearly was, nor a distance. `canUsePin`: the pad
 * may be offered in place of the face.
 *
 * - `claim`: say who you are.
 * - `look`: do this one thing. `challenge`: do this move; `others` may be chosen in its place.
 * - `pin`: `second` beside the face (no name is shown), `instead` of it, then `needsName` asks for the name first.
 * - `card`: hold up the card, beside the face.
 * - `opening`: it is being written down, then the door is asked.
 * - `locked`: no PIN is taken; `leftMs` is told as of the moment of the snapshot.
 */
export type KioskSnapshot =
  | { readonly state: 'idle' }
  | { readonly state: 'claim'; readonly ways: readonly ClaimWay[] }
  | { readonly state: 'look'; readonly say: LookInstruction; readonly canUsePin: boolean }
  | { readonly state: 'challenge'; readonly challenge: ChallengeName; readonly others: readonly ChallengeName[]; readonly canUsePin: boolean }
  | { readonly state: 'pin'; readonly purpose: 'second' | 'instead'; readonly needsName: boolean; readonly wrong: boolean; readonly checking: boolean }
  | { readonly state: 'card' }
  | { readonly state: 'opening' }
  | { readonly state: 'welcome'; readonly name: string }
  | { readonly state: 'try-again'; readonly reason: TryAgainReason; readonly canUsePin: boolean }
  | { readonly state: 'locked'; readonly leftMs: number }
  | { readonly state: 'out-of-service'; readonly reason: ServiceReason }
  | { readonly state: 'maintenance' };
