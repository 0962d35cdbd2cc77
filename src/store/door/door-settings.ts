import * as v from 'valibot';
import { challengeNames } from '../../faces/index.ts';

const minuteOfDay = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1439));
const rate = v.pipe(v.number(), v.minValue(1e-8), v.maxValue(0.05));
const mode = v.picklist(['claimed', 'anyone']);
const lineOfText = (max: number) => v.pipe(v.string(), v.regex(/^\P{Cc}+$/u), v.maxLength(max), v.check((text) => text.trim() === text, 'blanks around it'));

/**
 * That the owner wants the face alone to open the door: what they read, with the risk that it states, and what they signed
 * it for. It holds for this mode, and for this false-match rate or a lower one.
 */
const faceAlone = v.strictObject({
  textVersion: lineOfText(40),
  language: v.picklist(['en', 'zh-Hans']),
  /** The text as it was shown. */
  text: v.pipe(v.string(), v.minLength(1), v.maxLength(20_000)),
  /** The name that the owner typed. */
  signedBy: lineOfText(200),
  signedAtMs: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
  mode,
  targetFalseMatchRate: rate,
});

const fields = v.strictObject({
  doorName: lineOfText(64),
  /** `claimed`: 1:1, people say who they are. `anyone`: 1:N, the face says it. */
  mode,
  /** Ways to say it, in the order in which they are offered. */
  claimWays: v.pipe(v.array(v.picklist(['typed', 'list', 'card'])), v.minLength(1), v.check((list) => isWithoutDoubles(list), 'a way twice')),
  /** What there must be beside the face. */
  secondFactor: v.picklist(['pin', 'card', 'none']),
  /** A name and a PIN open without a face: for people whom the camera cannot serve. */
  pinInstead: v.boolean(),
  faceAlone: v.nullable(faceAlone),
  /** Strangers that may pass the whole gallery, as a share of those who try. */
  targetFalseMatchRate: rate,
  /** Passive cues that must have passed, and moves one of which has to be made; no moves: none is asked for. */
  liveness: v.strictObject({
    required: v.pipe(v.array(v.picklist(['liveness', 'antispoof', 'flatness', 'moire'])), v.check((list) => isWithoutDoubles(list), 'a cue twice')),
    challenges: v.pipe(v.array(v.picklist(challengeNames)), v.check((list) => isWithoutDoubles(list), 'a move twice')),
  }),
  /** Minutes of the day, local time, in which the kiosk may restart and update; over midnight where it ends before it begins. Null: only by hand. */
  idleWindow: v.nullable(v.strictObject({ fromMinute: minuteOfDay, untilMinute: minuteOfDay })),
  /** Shown at the door; empty for none. */
  privacyNotice: v.pipe(v.string(), v.maxLength(4000)),
  /** How long the door's log is kept, in days. */
  logDays: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(3650)),
});

/** What the owner chose for this door. */
export type DoorSettings = Readonly<v.InferOutput<typeof fields>>;

export const doorSettings = v.pipe(
  fields,
  v.check(({ secondFactor, faceAlone }) => secondFactor !== 'none' || faceAlone !== null, 'a face alone without a signature'),
  v.check((all) => all.faceAlone === null || all.secondFactor !== 'none' || (all.faceAlone.mode === all.mode && all.targetFalseMatchRate <= all.faceAlone.targetFalseMatchRate), 'a face alone that was signed for something else'),
);

/** The strictest that still lets people in; nobody has to have chosen anything. */
export const defaultDoorSettings: DoorSettings = {
  doorName: 'Door',
  mode: 'anyone',
  claimWays: ['list', 'typed', 'card'],
  secondFactor: 'pin',
  pinInstead: true,
  faceAlone: null,
  targetFalseMatchRate: 1e-4,
  liveness: { required: ['liveness', 'antispoof'], challenges: ['blink', 'turn-left', 'turn-right', 'nod', 'smile'] },
  idleWindow: { fromMinute: 3 * 60, untilMinute: 4 * 60 },
  privacyNotice: '',
  logDays: 90,
};

function isWithoutDoubles(list: readonly string[]): boolean {
  return new Set(list).size === list.length;
}
