import * as v from 'valibot';
import { readBoundedJson } from '../base/index.ts';
import type { LoggedEvent } from './door-event.ts';
import { loggedEvent } from './door-event.ts';
import { signText } from './log-keys.ts';

/**
 * The lines of an audit file. Each is JSON without blanks, its fields in one order: a line has one spelling only, and a
 * reader that finds another one knows that somebody wrote it. `\n` ends every line, the last one too.
 *
 *     header      {"lintelAudit":1,"publicKey":"04…"}
 *     line        {"seq":7,"atMs":1931234567890,"before":"…","event":{…},"signature":"…"}      one for each event
 *     checkpoint  {"count":7,"lastSeq":7,"lastHash":"…","atMs":1931234567999,"signature":"…"}
 *
 * `before` is the hash of the line before, for the first line of all that of the header. The signature of a line or a
 * checkpoint is over the same text without the signature.
 */
export const formatVersion = 1;

export interface LogLine {
  /** 1, 2, 3, … without gaps. */
  readonly seq: number;
  /** The device's date, milliseconds since 1970 UTC. */
  readonly atMs: number;
  readonly before: string;
  readonly event: LoggedEvent;
}

/** What stands at one moment: nothing can be taken from the end without a newer one saying so. */
export interface Checkpoint {
  /** How many lines there are, those not counted that were cut off. */
  readonly count: number;
  readonly lastSeq: number;
  readonly lastHash: string;
  readonly atMs: number;
}

export type WithSignature<T> = T & { readonly signature: string };

/** Longer than any line that is written. */
const maxLineChars = 16 * 1024;

const whole = v.pipe(v.number(), v.safeInteger());
const positive = v.pipe(whole, v.minValue(1));
const hash = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));
const signature = v.pipe(v.string(), v.regex(/^[0-9a-f]{128}$/));

const headerSchema = v.strictObject({ lintelAudit: v.literal(formatVersion), publicKey: v.pipe(v.string(), v.regex(/^04[0-9a-f]{128}$/)) });
const lineSchema = v.strictObject({ seq: positive, atMs: whole, before: hash, event: loggedEvent, signature });
const checkpointSchema = v.strictObject({ count: positive, lastSeq: positive, lastHash: hash, atMs: whole, signature });

export function writeHeader(publicKey: string): string {
  return JSON.stringify({ lintelAudit: formatVersion, publicKey });
}

/** @throws ValiError when the event is none of the kinds there are: that is a bug of the caller */
export async function writeLine(key: CryptoKey, line: LogLine): Promise<string> {
  const ordered = { ...line, event: v.parse(loggedEvent, line.event) };
  return JSON.stringify({ ...lineFields(ordered), signature: await signText(key, 'line', signedLineText(ordered)) });
}

export async function writeCheckpoint(key: CryptoKey, checkpoint: Checkpoint): Promise<string> {
  return JSON.stringify({ ...checkpointFields(checkpoint), signature: await signText(key, 'checkpoint', signedCheckpointText(checkpoint)) });
}

/** @returns null for everything that `writeHeader` does not write */
export function readHeader(text: string): { readonly publicKey: string } | null {
  return readExactly(headerSchema, text);
}

/** The line, not yet checked against its signature; null for everything that `writeLine` does not write. */
export function readLine(text: string): WithSignature<LogLine> | null {
  return readExactly(lineSchema, text);
}

/** The checkpoint, not yet checked against its signature; null for everything that `writeCheckpoint` does not write. */
export function readCheckpoint(text: string): WithSignature<Checkpoint> | null {
  return readExactly(checkpointSchema, text);
}

/** What the signature of a line is over. */
export function signedLineText(line: LogLine): string {
  return JSON.stringify(lineFields(line));
}

/** What the signature of a checkpoint is over. */
export function signedCheckpointText(checkpoint: Checkpoint): string {
  return JSON.stringify(checkpointFields(checkpoint));
}

function lineFields({ seq, atMs, before, event }: LogLine): LogLine {
  return { seq, atMs, before, event };
}

function checkpointFields({ count, lastSeq, lastHash, atMs }: Checkpoint): Checkpoint {
  return { count, lastSeq, lastHash, atMs };
}

/** The value of a text that is written as we write; the schema's own order of fields is the one that counts. */
function readExactly<S extends v.GenericSchema>(schema: S, text: string): v.InferOutput<S> | null {
  const read = readBoundedJson(text, maxLineChars);
  const parsed = v.safeParse(schema, read.ok ? read.value : undefined);
  return parsed.success && JSON.stringify(parsed.output) === text ? parsed.output : null;
}
