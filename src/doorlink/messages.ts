import * as v from 'valibot';

/** Longest life of a pulse, in milliseconds from the moment the bridge gave its challenge. */
export const maxPulseLifeMs = 2000;
/** Longest that the bridge holds a question for the door's state, in milliseconds. */
export const maxStateWaitMs = 25_000;

const id = v.pipe(v.string(), v.regex(/^[\w-]{1,64}$/));
const token = v.pipe(v.string(), v.regex(/^[\w-]{1,200}$/));
const name = v.pipe(v.string(), v.minLength(1), v.maxLength(64), v.regex(/^\P{Cc}+$/u));
const whole = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

/** What the door is: `held` is open for longer than it should be, `offline` that nobody who knows can be reached. */
export const doorStates = ['closed', 'open', 'held', 'unknown', 'offline'] as const;
export type DoorState = (typeof doorStates)[number];

/** Who says that the door was opened: the broker only took the command, a device reported that it acted, a line only carried it. */
export const confirmers = ['receiver', 'broker', 'device', 'command', 'line', 'simulator'] as const;
export type Confirmer = (typeof confirmers)[number];

/** Why nothing was asked of the output, or it said no: the door was not opened by this request. */
export const refusals = [
  'unknown-kiosk',
  'bad-signature',
  'bad-message',
  'other-door',
  'stale-challenge',
  'expired',
  'replayed',
  'decision-used',
  'too-many',
  'busy',
  'not-recorded',
  'output-offline',
  'output-refused',
  'closing',
] as const;
export type Refusal = (typeof refusals)[number];

/** Why nobody knows whether the door was opened. */
export const doubts = ['output-timeout', 'output-lost'] as const;
export type Doubt = (typeof doubts)[number];

/** Asks for a challenge: the bridge's own word for "now". */
export const challengeRequest = v.strictObject({ kind: v.literal('challenge'), kioskId: id, doorId: id, nonce: token });
export type ChallengeRequest = v.InferOutput<typeof challengeRequest>;

/** The times are the kiosk's own: only their distance counts, so that a wrong clock does no harm. */
export const pulseRequest = v.strictObject({
  kind: v.literal('pulse'),
  kioskId: id,
  doorId: id,
  decisionId: id,
  counter: v.pipe(whole, v.minValue(1)),
  challenge: token,
  issuedAtMs: whole,
  expiresAtMs: whole,
});
export type PulseRequest = v.InferOutput<typeof pulseRequest>;

/** Waits until the state is another than `known`, for `waitMs` at most. */
export const stateRequest = v.strictObject({
  kind: v.literal('state'),
  kioskId: id,
  doorId: id,
  nonce: token,
  known: v.nullable(v.picklist(doorStates)),
  waitMs: v.pipe(whole, v.maxValue(maxStateWaitMs)),
});
export type StateRequest = v.InferOutput<typeof stateRequest>;

/** `to` is the digest of the request's message. */
const to = v.pipe(v.string(), v.regex(/^[\w-]{43}$/));

/** `lastCounter`: the highest counter that the bridge has taken from this kiosk; the next pulse needs a higher one. */
export const challengeAnswer = v.strictObject({ kind: v.literal('challenge'), to, challenge: token, lastCounter: whole });
export type ChallengeAnswer = v.InferOutput<typeof challengeAnswer>;

const outcome = v.variant('outcome', [
  v.strictObject({ outcome: v.literal('opened'), confirmedBy: v.picklist(confirmers) }),
  v.strictObject({ outcome: v.literal('refused'), code: v.picklist(refusals) }),
  v.strictObject({ outcome: v.literal('unknown'), code: v.picklist(doubts) }),
]);
/** What became of a pulse. It says no more than the output confirmed. */
export type PulseOutcome = v.InferOutput<typeof outcome>;

export const pulseAnswer = v.strictObject({ kind: v.literal('pulse'), to, result: outcome });
export type PulseAnswer = v.InferOutput<typeof pulseAnswer>;

export const stateAnswer = v.strictObject({ kind: v.literal('state'), to, state: v.picklist(doorStates) });
export type StateAnswer = v.InferOutput<typeof stateAnswer>;

/** A request that never came as far as its own kind of answer. */
export const refusedAnswer = v.strictObject({ kind: v.literal('refused'), to, code: v.picklist(refusals) });
export type RefusedAnswer = v.InferOutput<typeof refusedAnswer>;

const publicKey = v.pipe(v.string(), v.regex(/^[\w-]{87}$/));
const proof = v.pipe(v.string(), v.regex(/^[\w-]{43}$/));

/** First half of pairing: what the bridge says of itself while a code is shown. */
export const pairingOffer = v.strictObject({ doorId: id, doorName: name, bridgeKey: publicKey, salt: token, bridgeNonce: token });
export type PairingOffer = v.InferOutput<typeof pairingOffer>;

/** Second half: the kiosk's key, with the proof that it knows the code. */
export const pairingRequest = v.strictObject({ kioskName: name, kioskKey: publicKey, kioskNonce: token, bridgeNonce: token, proof });
export type PairingRequest = v.InferOutput<typeof pairingRequest>;

export const pairingAnswer = v.strictObject({ kioskId: id, proof });
export type PairingAnswer = v.InferOutput<typeof pairingAnswer>;

/** `closed`: no code is shown; `wrong-code`: one of three tries is gone; `code-spent`: it was the last; a new code is needed. */
export const pairingRefusals = ['pairing-closed', 'wrong-code', 'code-spent', 'too-many-kiosks', 'bad-message', 'not-recorded'] as const;
export type PairingRefusal = (typeof pairingRefusals)[number];
export const pairingRefused = v.strictObject({ code: v.picklist(pairingRefusals) });
