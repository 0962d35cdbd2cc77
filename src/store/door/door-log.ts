import type { AuditReport, DoorEvent, LogLine } from '../../audit/index.ts';
import type { Failure, Result } from '../../base/index.ts';
import type { StoreFailure } from '../store-failure.ts';

/**
 * Why the log did not do what was asked. Then it did nothing of it, and the door must not open.
 * - `key-lost`: the key that signs it is gone, while lines are there.
 * - `altered`: what lies on the disk is not what the log wrote. `detail` names the first place.
 * - `conflict`: other tabs kept writing.
 * - `empty`: nothing was written yet, so there is nothing to check or to export.
 * The way out of the first two: keep an export, then `startAnew`.
 */
export type DoorLogFailure = StoreFailure | Failure<'key-lost' | 'altered' | 'conflict' | 'empty'>;

/**
 * What the door did, line after line. Each line names the hash of the one before it and is signed by a key of this device
 * that no program can read; the end is signed too. So nobody can change, drop, move or add a line behind the app's back
 * without it being found here, or in an export by whoever knows the key's fingerprint.
 *
 * It does not hold against a program that runs in this origin, which can use the key as the app does, and it cannot tell
 * a whole disk that was put back to an earlier day from that day. Exports that leave the device are what helps there.
 */
export interface DoorLog {
  /**
   * Writes one line. When it has answered, the line is on the disk; lines stand in the order in which this was called.
   *
   * @throws ValiError when the event is none of the kinds there are: that is a bug of the caller
   */
  append(event: DoorEvent): Promise<Result<LogLine, DoorLogFailure>>;
  /** The newest lines, newest first. Lines that were altered are left out: `check` names them. */
  newest(count: number): Promise<Result<readonly LogLine[], DoorLogFailure>>;
  /** Everything, with a signed checkpoint of this moment: `npm run audit:verify` reads it. */
  exportFile(): Promise<Result<Blob, DoorLogFailure>>;
  /** Checks every line on this device. */
  check(): Promise<Result<AuditReport, DoorLogFailure>>;
  /** SHA-256 of the public key in hexadecimal: to be written down where the device cannot change it. Null before the first line. */
  fingerprint(): Promise<Result<string | null, DoorLogFailure>>;
  /**
   * Cuts off what is older than a date, from the old end up to the first line that is not; the newest line stays. The
   * cut is a line of its own, and holds what the rest follows on.
   *
   * @returns how many lines went
   */
  cut(beforeMs: number): Promise<Result<number, DoorLogFailure>>;
  /** Forgets everything and begins a new log with a new key; its first line names the last one that could still be read. */
  startAnew(): Promise<Result<null, StoreFailure>>;
}
