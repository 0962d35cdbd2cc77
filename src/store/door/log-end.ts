import type { LogKeys } from '../../audit/index.ts';
import { hashOfLine, isSignedBy, readLine, readLogKey, signedCheckpointText, writeHeader } from '../../audit/index.ts';
import type { Failure, Result } from '../../base/index.ts';
import { err, ok } from '../../base/index.ts';
import type { LogEnd } from './log-records.ts';
import { readHead } from './log-records.ts';

/** Where the log goes on. */
export interface Place {
  readonly keys: LogKeys;
  /** As it lies on the disk; null for a log without a line. */
  readonly head: string | null;
  readonly count: number;
  /** Of the last line, with its hash; 0 and the hash of the header for a log without one. */
  readonly seq: number;
  readonly hash: string;
  /** Date of the last line. */
  readonly atMs: number | null;
}

/** Before the first line of a log of these keys. */
export async function beginningOf(keys: LogKeys): Promise<Place> {
  return { keys, head: null, count: 0, seq: 0, hash: await hashOfLine(writeHeader(keys.publicKey)), atMs: null };
}

/**
 * The end of the log as it lies on the disk, when everything there agrees: the head is signed, as many lines are there as
 * it says, and the last one is the one of which it speaks. Null for a log without a line.
 */
export async function placeOf({ keys, head, last, stored }: LogEnd): Promise<Result<Place | null, Failure<'key-lost' | 'altered'>>> {
  if (!keys) return head === null && stored === 0 ? ok(null) : err('key-lost', `there are ${stored} lines, and no key`);
  const key = await readLogKey(keys.publicKey);
  if (!key) return err('key-lost', 'the public key is none');
  const checkpoint = readHead(head);
  if (!checkpoint || !(await isSignedBy(key, 'checkpoint', signedCheckpointText(checkpoint), checkpoint.signature))) return err('altered', 'the head is not one that this log wrote');
  if (checkpoint.count !== stored) return err('altered', `there are ${stored} lines, not ${checkpoint.count}`);
  const line = readLine(last ?? '');
  if (!line || last === null || (await hashOfLine(last)) !== checkpoint.lastHash) return err('altered', `line ${checkpoint.lastSeq}, the last one, is not the one that was written`);
  return ok({ keys, head, count: checkpoint.count, seq: line.seq, hash: checkpoint.lastHash, atMs: line.atMs });
}
