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

/**
 * Writes the door's record, one entry after the other in the order they were given. What only tells of something is kept in
 * memory and tried again until it is written; what something depends on is tried once.
 */
export class RecordWriter {
  readonly #options: RecordWriterOptions;
  #waiting: readonly AuditEntry[] = [];
  #last: Promise<unknown> = Promise.resolve();
  #isFlushing = false;

  constructor(options: RecordWriterOptions) {
    this.#options = options;
  }

  /** Entries that are not written yet. */
  get waiting(): number {
    return this.#waiting.length;
  }

  /** Will be written, now or later. */
  note(entry: AuditEntry): void {
    this.#waiting = [...this.#waiting, entry];
    if (!this.#isFlushing) void this.#flush();
  }

  /** Whether all of them are kept, in this order, after everything that was noted before. */
  async keep(entries: readonly AuditEntry[]): Promise<boolean> {
    return await this.#inTurn(async () => {
      // What could not be written yet comes first: the record tells things in the order they happened.
      if (this.#waiting.length > 0) return false;
      for (const entry of entries) if (!(await this.#write(entry))) return false;
      return true;
    });
  }

  async #flush(): Promise<void> {
    this.#isFlushing = true;
    await this.#inTurn(async () => {
      let [entry] = this.#waiting;
      while (entry && (await this.#write(entry))) {
        this.#waiting = this.#waiting.slice(1);
        [entry] = this.#waiting;
      }
    });
    this.#isFlushing = false;
    this.#options.onBroken(this.#waiting.length > 0);
    if (this.#waiting.length > 0) this.#options.clock.after(this.#options.retryMs ?? 5000, () => void this.#flush());
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#last.then(work);
    this.#last = done;
    return done;
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
