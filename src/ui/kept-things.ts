import type { KeptKind, KeptNote, KeptRecord } from '../store/index.ts';

/** Between two notes of what lies on this device, in milliseconds. */
const noteEveryMs = 60_000;

/** What the browser has thrown away of what was kept here, until somebody has read it. */
export class KeptThings {
  readonly #record: KeptRecord;
  readonly #listeners = new Set<(unread: readonly KeptKind[]) => void>();
  #note: KeptNote = { kept: [], unread: [], isDoorLost: false };

  private constructor(record: KeptRecord) {
    this.#record = record;
  }

  /** Looks before anything else is made in the database, then every minute and when the page is left. */
  static async begin(record: KeptRecord, page: Pick<Document, 'addEventListener' | 'hidden'> = document): Promise<KeptThings> {
    const things = new KeptThings(record);
    await things.#look();
    setInterval(() => void things.#look(), noteEveryMs);
    page.addEventListener('visibilitychange', () => {
      if (page.hidden) void things.#look();
    });
    return things;
  }

  /** What is gone, and nobody has read yet. */
  get unread(): readonly KeptKind[] {
    return this.#note.unread;
  }

  /** A door whose set-up was thrown away: nobody who stands before it may begin anew as its owner. */
  get isDoorLost(): boolean {
    return this.#note.isDoorLost;
  }

  acknowledge(): void {
    this.#record.acknowledge();
    this.#take({ ...this.#note, unread: [] });
  }

  /** Told when there is something else to read. @returns the call that ends it */
  subscribe(listener: (unread: readonly KeptKind[]) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async #look(): Promise<void> {
    this.#take(await this.#record.look());
  }

  #take(note: KeptNote): void {
    const isSame = note.unread.length === this.#note.unread.length;
    this.#note = note;
    if (!isSame) for (const listener of this.#listeners) listener(note.unread);
  }
}
