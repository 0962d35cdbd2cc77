import * as v from 'valibot';

/** A word for programs: reasons, faults, actions. It has no room for a name or a sentence. */
const code = v.pipe(v.string(), v.regex(/^[a-z0-9][a-z0-9-]{0,47}$/));
const codes = v.pipe(v.array(code), v.maxLength(16));
const id = v.pipe(v.string(), v.regex(/^[\w-]{1,64}$/));
const version = v.pipe(v.string(), v.regex(/^[\w.+-]{1,64}$/));
const whole = v.pipe(v.number(), v.safeInteger());
const seq = v.pipe(whole, v.minValue(1));
const hash = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));

/** `claimed`: the person said who they are. `anyone`: the face alone said it. */
const mode = v.picklist(['claimed', 'anyone']);
/** What stood for the person. */
const factors = v.pipe(v.array(v.picklist(['face', 'pin', 'card'])), v.maxLength(3));

/** How somebody came in as the owner; `device` for what the app does by itself. */
const actors = ['pin', 'passphrase', 'passkey', 'set-up', 'device'] as const;

/**
 * What a door does that is worth a line. No photo, no template, no distance, and a person only where the door was granted:
 * by a name that `doorIdOf` made for this purpose.
 */
const writable = [
  v.strictObject({ kind: v.literal('decision'), decisionId: id, outcome: v.literal('granted'), mode, factors, doorPersonId: hash, reasons: codes }),
  v.strictObject({ kind: v.literal('decision'), decisionId: id, outcome: v.picklist(['refused', 'unsure']), mode, factors, reasons: codes }),
  /** `asked` before the door is asked, another one when it has answered. `unknown`: nobody knows whether it opened. */
  v.strictObject({ kind: v.literal('pulse'), decisionId: id, stage: v.picklist(['asked', 'opened', 'refused', 'unknown']), code: v.nullable(code) }),
  v.strictObject({ kind: v.literal('admin'), action: code, by: v.picklist(actors), subjects: codes }),
  v.strictObject({ kind: v.literal('update'), from: version, to: version }),
  /** `part`: of the app, or what failed. */
  v.strictObject({ kind: v.literal('fault'), part: code, code }),
] as const;

/** What only the log itself writes. */
const ownSchemas = [
  /** First of every log. `after`: the newest line of the log that it takes the place of, as far as that could be read. */
  v.strictObject({ kind: v.literal('begun'), after: v.nullable(v.strictObject({ seq, hash })) }),
  /** The date of the device left the time that ran: where it would have been, and where it was. */
  v.strictObject({ kind: v.literal('clock'), fromMs: whole, toMs: whole }),
  /** All lines up to this one were cut off because they were old. `hash` is that of the last line that went. */
  v.strictObject({ kind: v.literal('cut'), upToSeq: seq, hash }),
] as const;

/** What the app tells the log. */
export const doorEvent = v.union(writable);
export type DoorEvent = v.InferOutput<typeof doorEvent>;

/** What the log holds. */
export const loggedEvent = v.union([...writable, ...ownSchemas]);
export type LoggedEvent = v.InferOutput<typeof loggedEvent>;
