import type { AuditEntry } from '../audit-entry.ts';
import type { Audit, KioskClock } from '../ports.ts';

export interface RecordWriterOptions {
  readonly audit: Audit;
  readonly clock: KioskClock;
  /** Told when entries wait because the record cannot be written, and when none does any more. */
  readonly onBroken: (isBroken: boolean) => void;
  /** Longest for one entry, in milliseconds. */
  readonly limitMs?: number;
  readonly retryMs?: number;
}

/** `decided` is told whether all entries are kept; null: they will be, now or later. */
interface Job {
  readonly entries: readonly AuditEntry[];
  readonly decided: ((isKept: boolean) => void) | null;
}

/**
 * Writes the door's record, one entry after the other in the order they were given. What only tells of something is kept in
 * memory and tried again until it is written; what something depends on is tried once, and not at all while older entries
 * cannot be written: the record tells things in the order they happened.
 */
export class RecordWriter {
  readonly #options: RecordWriterOptions;
  readonly #jobs: Job[] = [];
  #state: 'resting' | 'writing' | 'broken' = 'resting';

  constructor(options: RecordWriterOptions) {
    this.#options = options;
  }

  /** Entries that are not written yet. */
  get waiting(): number {
    return this.#jobs.reduce((sum, { entries }) => sum + entries.length, 0);
  }

  /** Will be written, now or later. */
  note(entry: AuditEntry): void {
    this.#take({ entries: [entry], decided: null });
  }

  /** Whether all of them are kept, after everything that was given before. */
  keep(entries: readonly AuditEntry[]): Promise<boolean> {
    return new Promise((decided) => {
      if (this.#state === 'broken') decided(false);
      else this.#take({ entries, decided });
    });
  }

  #take(job: Job): void {
    this.#jobs.push(job);
    if (this.#state === 'resting') void this.#writeAll();
  }

  async #writeAll(): Promise<void> {
    const { clock, onBroken, retryMs = 5000 } = this.#options;
    // While it is tried again it stays broken, until everything that waited is written.
    if (this.#state === 'resting') this.#state = 'writing';
    for (let job = this.#jobs[0]; job; job = this.#jobs[0]) {
      const isKept = await this.#writeEach(job.entries);
      if (!isKept && !job.decided) {
        this.#break();
        clock.after(retryMs, () => void this.#writeAll());
        return;
      }
      this.#jobs.shift();
      job.decided?.(isKept);
    }
    this.#state = 'resting';
    onBroken(false);
  }

  /** Nothing that depends on the record waits for it. */
  #break(): void {
    this.#state = 'broken';
    const notes = this.#jobs.filter(({ decided }) => decided === null);
    const asked = this.#jobs.filter(({ decided }) => decided !== null);
    this.#jobs.splice(0, this.#jobs.length, ...notes);
    for (const { decided } of asked) decided?.(false);
    this.#options.onBroken(true);
  }

  async #writeEach(entries: readonly AuditEntry[]): Promise<boolean> {
    for (const entry of entries) if (!(await this.#write(entry))) return false;
    return true;
  }

  /** Never throws, and ends in time. */
  #write(entry: AuditEntry): Promise<boolean> {
    const { audit, clock, limitMs = 2000 } = this.#options;
    return new Promise((resolve) => {
      const cancel = clock.after(limitMs, () => resolve(false));
      const end = (isKept: boolean) => {
        cancel();
        resolve(isKept);
      };
      const append = async () => (await audit.append(entry)).ok;
      append().then(end, () => end(false));
    });
  }
}
