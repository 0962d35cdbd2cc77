import type { Failure } from '../../../base/index.ts';

/**
 * Why an answer of an authenticator does not count.
 * - `malformed`: it is not built as one. `unknown-algorithm`: its key is of a kind that this app does not check.
 * - `other-ceremony`, `other-challenge`, `other-origin`, `other-site`, `other-credential`: it was made for something else.
 * - `not-present`, `not-verified`: nobody touched it, or it did not make sure who did.
 * - `bad-signature`. `counter-back`: its counter did not go up, as that of a copy would not.
 */
export type PasskeyProblem = Failure<
  | 'malformed'
  | 'unknown-algorithm'
  | 'other-ceremony'
  | 'other-challenge'
  | 'other-origin'
  | 'other-site'
  | 'other-credential'
  | 'not-present'
  | 'not-verified'
  | 'bad-signature'
  | 'counter-back'
>;
