import type { Err, Failure, Result } from '../base/index.ts';
import { err, ok } from '../base/index.ts';
import type { Checkpoint, LogLine, WithSignature } from './lines.ts';
import { readCheckpoint, readHeader, readLine, signedCheckpointText, signedLineText } from './lines.ts';
import { fingerprintOf, hashOfLine, isSignedBy, readLogKey } from './log-keys.ts';

/**
 * Where an audit is broken, first place first. `line` counts the lines of the file from 1.
 * - `not-an-audit`: it does not begin with a header of this version.
 * - `cut-off`: it does not end with a checkpoint, or not as a line ends.
 * - `altered`: the line is spelled in a way that the log never writes, or its signature is of something else.
 * - `gap`: the line does not follow the one before it: something was removed, put in, moved or doubled.
 * - `no-beginning`: the old end is missing, and no line says that this much of it was cut off.
 * - `other-end`: the checkpoint is not that of the last line: lines were taken from the end, or put there.
 * - `other-key`: whole, and signed by another device than the one that was asked for.
 */
export type AuditBreak = Failure<'not-an-audit' | 'cut-off' | 'altered' | 'gap' | 'no-beginning' | 'other-end' | 'other-key'> & { readonly line: number };

export interface AuditReport {
  /** Of the key that signed everything. It says whose log it is only to those who know the fingerprint from elsewhere. */
  readonly fingerprint: string;
  readonly count: number;
  readonly firstSeq: number;
  readonly lastSeq: number;
  /** Dates of the first and of the last line; milliseconds since 1970 UTC, as the device had it. */
  readonly fromMs: number;
  readonly toMs: number;
  /** When the checkpoint was made: the file is whole up to then. */
  readonly checkedAtMs: number;
  /** How often a line is older than the one before it, because the device's date was set back. */
  readonly stepsBack: number;
}

export interface AuditContent {
  readonly report: AuditReport;
  readonly lines: readonly LogLine[];
}

/**
 * Checks every byte of an audit file: spelling, signatures, chain, beginning and end. Without the device's private key
 * nobody can write, change, drop, move or repeat a line so that it passes. What it cannot see: that a device never
 * wrote a line at all, and that a whole file is an older export than the newest (its checkpoint says when it was made).
 *
 * @param fingerprint of the key that must have signed; null takes any
 */
export async function verifyAudit(file: Uint8Array<ArrayBuffer>, fingerprint: string | null = null): Promise<Result<AuditContent, AuditBreak>> {
  const texts = linesOf(file);
  if (texts === null) return broken('cut-off', 1, 'not text in UTF-8 whose last line ends');
  const [headerText = '', ...rest] = texts;
  const header = readHeader(headerText);
  const key = header && (await readLogKey(header.publicKey));
  if (!header || !key) return broken('not-an-audit', 1, 'no header of an audit');

  const lines: LogLine[] = [];
  let before = await hashOfLine(headerText);
  for (const [i, text] of rest.slice(0, -1).entries()) {
    const at = i + 2;
    const line = readLine(text);
    if (!line || !(await isSignedBy(key, 'line', signedLineText(line), line.signature))) return broken('altered', at, 'not a line that this log wrote');
    const previous = lines.at(-1);
    if (previous && (line.seq !== previous.seq + 1 || line.before !== before)) return broken('gap', at, `line ${line.seq} does not follow line ${previous.seq}`);
    lines.push(line);
    before = await hashOfLine(text);
  }

  const atEnd = texts.length;
  const end = rest.at(-1);
  if (end === undefined || readLine(end)) return broken('cut-off', atEnd, 'it ends without a checkpoint');
  const checkpoint = readCheckpoint(end);
  if (!checkpoint || !(await isSignedBy(key, 'checkpoint', signedCheckpointText(checkpoint), checkpoint.signature))) return broken('altered', atEnd, 'not a checkpoint that this log wrote');
  const [first] = lines;
  const last = lines.at(-1);
  if (!first || checkpoint.lastSeq !== last?.seq || checkpoint.lastHash !== before) return broken('other-end', atEnd, 'the checkpoint is not that of the last line');
  if (checkpoint.count !== lines.length || !(await beginsWell(headerText, lines))) return broken('no-beginning', 2, `it begins with line ${first.seq}, and ends with ${checkpoint.count} lines`);
  const signedBy = await fingerprintOf(header.publicKey);
  if (fingerprint !== null && signedBy !== fingerprint) return broken('other-key', 1, `signed by ${signedBy}`);
  return ok({ lines, report: reportOf(signedBy, lines, first, last, checkpoint) });
}

/** Either it begins with the log's first line, or its newest cut ends right before it. */
async function beginsWell(headerText: string, lines: readonly LogLine[]): Promise<boolean> {
  const [first] = lines;
  const cut = lines.findLast(({ event }) => event.kind === 'cut')?.event;
  if (cut?.kind === 'cut') return first?.seq === cut.upToSeq + 1 && first.before === cut.hash;
  return first?.seq === 1 && first.event.kind === 'begun' && first.before === (await hashOfLine(headerText));
}

function reportOf(fingerprint: string, lines: readonly LogLine[], first: LogLine, last: LogLine, checkpoint: WithSignature<Checkpoint>): AuditReport {
  return {
    fingerprint,
    count: lines.length,
    firstSeq: first.seq,
    lastSeq: last.seq,
    fromMs: first.atMs,
    toMs: last.atMs,
    checkedAtMs: checkpoint.atMs,
    stepsBack: lines.filter(({ atMs }, i) => atMs < (lines[i - 1]?.atMs ?? atMs)).length,
  };
}

/** The lines without their ends; null when the last one has none, or the bytes are no text. */
function linesOf(file: Uint8Array<ArrayBuffer>): readonly string[] | null {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(file);
    return text.endsWith('\n') ? text.slice(0, -1).split('\n') : null;
  } catch {
    return null;
  }
}

function broken(code: AuditBreak['code'], line: number, detail: string): Err<AuditBreak> {
  return { ok: false, failure: { ...err(code, detail).failure, line } };
}
