import type { Failure, Result } from '../base/index.ts';
import { ok } from '../base/index.ts';
import { askBridge } from './ask-bridge.ts';
import { randomBytes, toBase64Url } from './bytes.ts';
import type { PulseOutcome, PulseRequest } from './messages.ts';
import { challengeAnswer, maxPulseLifeMs, pulseAnswer } from './messages.ts';
import type { PairedDoor } from './paired-door.ts';
import { doorPaths } from './paths.ts';
import type { DoorFetch, PostFailure } from './post.ts';
import { writeSigned } from './signed.ts';

export interface PulseOptions {
  /** The kiosk's date; only for the bridge's log: it may be wrong. */
  readonly nowMs: () => number;
  /** Longest to wait for a challenge, and then for the answer. */
  readonly limitMs?: number;
  /** After it has fired, nothing is asked any more. */
  readonly signal?: AbortSignal;
}

/** `called-off`: by the caller's signal, in time. `asked`: whether the pulse itself was sent; where it was not, the door cannot have been opened by it. */
export type PulseFailure = (PostFailure | Failure<'called-off'>) & { readonly asked: boolean };

const calledOff: Result<never, PulseFailure> = { ok: false, failure: { code: 'called-off', detail: 'before the pulse was sent', asked: false } };

/** A pulse as it is signed: valid for two seconds from the moment the bridge gave its challenge. */
export function pulseMessage(door: PairedDoor, decisionId: string, challenge: string, counter: number, nowMs: number): PulseRequest {
  const issuedAtMs = Math.max(0, Math.floor(nowMs));
  const { kioskId, doorId } = door;
  return { kind: 'pulse', kioskId, doorId, decisionId, counter, challenge, issuedAtMs, expiresAtMs: issuedAtMs + maxPulseLifeMs };
}

export function signPulse(door: PairedDoor, message: PulseRequest): Promise<string> {
  return writeSigned('kiosk', door.privateKey, message);
}

/**
 * Asks the bridge to open the door once for one decision: fetches a challenge, then sends the signed pulse. Nothing is
 * sent twice; after a failure with `asked`, nobody at the kiosk knows whether the door was opened.
 *
 * @param decisionId random and new for each decision, 1 to 64 of letters, digits, `_` and `-`
 */
export async function requestPulse(fetch: DoorFetch, door: PairedDoor, decisionId: string, options: PulseOptions): Promise<Result<PulseOutcome, PulseFailure>> {
  const { nowMs, limitMs = 3000, signal } = options;
  const limits = { limitMs, ...(signal ? { signal } : {}) };
  const { kioskId, doorId } = door;
  const question = { kind: 'challenge', kioskId, doorId, nonce: toBase64Url(randomBytes(16)) };
  if (signal?.aborted) return calledOff;
  const challenged = await askBridge(fetch, door, { path: doorPaths.challenge, message: question, ...limits }, challengeAnswer);
  if (!challenged.ok) return outcomeOf(challenged.failure, false);
  if (signal?.aborted) return calledOff;
  const { challenge, lastCounter } = challenged.value;
  const message = pulseMessage(door, decisionId, challenge, lastCounter + 1, nowMs());
  const answered = await askBridge(fetch, door, { path: doorPaths.pulse, message, ...limits }, pulseAnswer);
  return answered.ok ? ok(answered.value.result) : outcomeOf(answered.failure, true);
}

/** A refusal by the bridge is an outcome; the rest is a failure to hear it. */
function outcomeOf(failure: PostFailure | Failure<Extract<PulseOutcome, { outcome: 'refused' }>['code']>, asked: boolean): Result<PulseOutcome, PulseFailure> {
  switch (failure.code) {
    case 'bridge-unreachable':
    case 'bridge-slow':
    case 'bad-answer':
      return { ok: false, failure: { code: failure.code, detail: failure.detail, asked } };
    default:
      return ok({ outcome: 'refused', code: failure.code });
  }
}
