import type { AuditReport, DoorEvent, LogLine } from '../../audit/index.ts';
import { fingerprintOf, hashOfLine, newLogKeys, readLine, verifyAudit, writeCheckpoint, writeHeader } from '../../audit/index.ts';
import type { Calendar, Clock, Result } from '../../base/index.ts';
import { err, ok } from '../../base/index.ts';
import type { Database } from '../database.ts';
import type { StoreFailure } from '../store-failure.ts';
import { ClockWatch } from './clock-watch.ts';
import type { DoorLog, DoorLogFailure } from './door-log.ts';
import type { InTurn } from './in-turn.ts';
import { createInTurn } from './in-turn.ts';
import type { Place } from './log-end.ts';
import { beginningOf, placeOf } from './log-end.ts';
import { commitLog, readLines, readLogEnd, readNewest } from './log-records.ts';
import { linesAfter } from './write-lines.ts';

export interface DoorLogDeps {
  readonly calendar: Calendar;
  readonly clock: Clock;
  /** The browser's locks unless given. */
  readonly inTurn?: InTurn;
}

/** The door's log in a database. Nothing is read, and no key made, before the first call. */
export function createDoorLog(database: Database, { calendar, clock, inTurn = createInTurn() }: DoorLogDeps): DoorLog {
  return new DatabaseLog(database, calendar, new ClockWatch(calendar, clock), inTurn);
}

/** Name of the lock under which lines are written. */
const turn = 'lintel-door-log';
/** How often a line is prepared anew because another tab was faster: only where there are no locks. */
const maxAttempts = 8;

class DatabaseLog implements DoorLog {
  constructor(
    private readonly database: Database,
    private readonly calendar: Calendar,
    private readonly watch: ClockWatch,
    private readonly inTurn: InTurn,
  ) {}

  append(event: DoorEvent): Promise<Result<LogLine, DoorLogFailure>> {
    return this.inTurn(turn, async () => {
      for (let attempt = 0; attempt < maxAttempts; attempt++) {
        const place = await this.#place();
        if (!place.ok) return place;
        const after = place.value ?? (await beginningOf(await newLogKeys()));
        const events = place.value ? [event] : [{ kind: 'begun', after: null } as const, event];
        const { lines, head, last } = await linesAfter(after, events, this.watch.look(after.atMs));
        const committed = await commitLog(this.database, { onHead: after.head, keys: after.keys, head, lines, cutUpToSeq: 0, anew: false });
        if (!committed.ok) return committed;
        if (committed.value === 'done') return ok(last);
      }
      return err('conflict', `${maxAttempts} times another tab was faster`);
    });
  }

  async newest(count: number): Promise<Result<readonly LogLine[], DoorLogFailure>> {
    const read = await readNewest(this.database, count);
    return read.ok ? ok(read.value.flatMap((text) => readLine(text ?? '') ?? [])) : read;
  }

  async exportFile(): Promise<Result<Blob, DoorLogFailure>> {
    const file = await this.#file();
    return file.ok ? ok(new Blob([file.value], { type: 'application/x-ndjson' })) : file;
  }

  async check(): Promise<Result<AuditReport, DoorLogFailure>> {
    const file = await this.#file();
    if (!file.ok) return file;
    const verified = await verifyAudit(new TextEncoder().encode(file.value));
    if (verified.ok) return ok(verified.value.report);
    const { line, code, detail } = verified.failure;
    return err('altered', `line ${line} of an export: ${code}, ${detail}`);
  }

  async fingerprint(): Promise<Result<string | null, DoorLogFailure>> {
    const place = await this.#place();
    if (!place.ok) return place;
    return ok(place.value && (await fingerprintOf(place.value.keys.publicKey)));
  }

  cut(beforeMs: number): Promise<Result<number, DoorLogFailure>> {
    return this.inTurn(turn, async () => {
      const place = await this.#place();
      if (!place.ok) return place;
      const read = await readLines(this.database);
      if (!read.ok) return read;
      const lines = read.value.map((text) => readLine(text ?? ''));
      const cutLines = lines.findIndex((line, i) => line === null || line.atMs >= beforeMs || i === lines.length - 1);
      const last = lines[cutLines - 1];
      if (!place.value || !last) return ok(0);
      const hash = await hashOfLine(read.value[cutLines - 1] ?? '');
      if (lines[cutLines]?.before !== hash) return err('altered', `line ${last.seq + 1} does not follow line ${last.seq}`);
      const rest: Place = { ...place.value, count: place.value.count - cutLines };
      const written = await linesAfter(rest, [{ kind: 'cut', upToSeq: last.seq, hash }], this.watch.look(rest.atMs));
      const { head, keys } = place.value;
      const committed = await commitLog(this.database, { onHead: head, keys, head: written.head, lines: written.lines, cutUpToSeq: last.seq, anew: false });
      if (!committed.ok) return committed;
      return committed.value === 'done' ? ok(cutLines) : err('conflict', 'another tab wrote meanwhile');
    });
  }

  startAnew(): Promise<Result<null, StoreFailure>> {
    return this.inTurn(turn, async () => {
      const newest = await readNewest(this.database, 1);
      if (!newest.ok) return newest;
      const text = newest.value[0] ?? '';
      const line = readLine(text);
      const place = await beginningOf(await newLogKeys());
      const after = line && { seq: line.seq, hash: await hashOfLine(text) };
      const { lines, head } = await linesAfter(place, [{ kind: 'begun', after }], this.watch.look(null));
      const committed = await commitLog(this.database, { onHead: null, keys: place.keys, head, lines, cutUpToSeq: 0, anew: true });
      return committed.ok ? ok(null) : committed;
    });
  }

  async #place(): Promise<Result<Place | null, DoorLogFailure>> {
    if (!('subtle' in crypto)) return err('unavailable', 'this page has no WebCrypto: it was not loaded in a secure way');
    const end = await readLogEnd(this.database);
    return end.ok ? placeOf(end.value) : end;
  }

  #file(): Promise<Result<string, DoorLogFailure>> {
    return this.inTurn(turn, async () => {
      const place = await this.#place();
      if (!place.ok) return place;
      if (!place.value) return err('empty', 'no line was written yet');
      const read = await readLines(this.database);
      if (!read.ok) return read;
      const { keys, count, seq, hash } = place.value;
      const atMs = Math.round(this.calendar.epochMs());
      const checkpoint = await writeCheckpoint(keys.privateKey, { count, lastSeq: seq, lastHash: hash, atMs });
      // What is no text any more is left out, and found missing by whoever checks the file.
      return ok([writeHeader(keys.publicKey), ...read.value.filter((text) => text !== null), checkpoint, ''].join('\n'));
    });
  }
}
