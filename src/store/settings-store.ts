import type { Result } from '../base/index.ts';
import { ok } from '../base/index.ts';
import { atomically } from './atomically.ts';
import type { Database } from './database.ts';
import type { InstantPlace } from './instant-place.ts';
import { InstantNote } from './instant-place.ts';
import type { Settings, SettingsPatch } from './settings.ts';
import { joinedPatches, patchFrom, patchedRecord, settingsFrom } from './settings.ts';
import type { StoreFailure } from './store-failure.ts';

/** Where a person's choices live. It always works; `problem` says when they would not outlive the page. */
export interface SettingsStore {
  /** The stored choices with any unsaved ones over them. */
  read(): Promise<Settings>;
  /**
   * Changes some fields and returns all of them. On a failure the change still holds, for the next page too where there
   * is an instant place, and the next successful write saves it.
   */
  write(patch: SettingsPatch): Promise<Result<Settings, StoreFailure>>;
  /** Why the choices are in memory only, as of the last read or write; null while they are saved. */
  readonly problem: StoreFailure | null;
}

/** @param place where a change waits that is not saved yet; null: in the page alone */
export function createSettingsStore(database: Database, place: InstantPlace | null = null): SettingsStore {
  return new DatabaseSettings(database, new InstantNote(place, 'lintel-unsaved-settings'));
}

const key = 'settings';

class DatabaseSettings implements SettingsStore {
  #problem: StoreFailure | null = null;
  #unsaved: SettingsPatch;
  #lastWrite: Promise<unknown> = Promise.resolve();
  #writes = 0;

  constructor(
    private readonly database: Database,
    /** A change waits here until it is in the database, which takes its time: a person may leave the page the moment after they chose. */
    private readonly waiting: InstantNote,
  ) {
    this.#unsaved = patchFrom(waiting.read());
  }

  get problem(): StoreFailure | null {
    return this.#problem;
  }

  async read(): Promise<Settings> {
    const stored = await this.database.use((db) => db.get('settings', key));
    this.#problem = stored.ok ? null : stored.failure;
    return settingsFrom(patchedRecord(stored.ok ? stored.value : undefined, this.#unsaved));
  }

  /** Writes run one after the other, so that none is based on a record that another is about to replace. */
  async write(patch: SettingsPatch): Promise<Result<Settings, StoreFailure>> {
    this.#unsaved = joinedPatches(this.#unsaved, patch);
    this.waiting.write(this.#unsaved);
    const turn = ++this.#writes;
    const write = this.#lastWrite.then(() => this.#save(turn));
    this.#lastWrite = write.catch(() => undefined);
    return write;
  }

  async #save(turn: number): Promise<Result<Settings, StoreFailure>> {
    const saved = await this.database.use((db) =>
      atomically(db, ['settings'], async (transaction) => {
        const kept = transaction.objectStore('settings');
        const record = patchedRecord(await kept.get(key), this.#unsaved);
        await Promise.allSettled([kept.put(record, key)]);
        return record;
      }),
    );
    this.#problem = saved.ok ? null : saved.failure;
    if (!saved.ok) return saved;
    // A change that came meanwhile waits for its own turn, and takes this one along.
    if (turn === this.#writes) {
      this.#unsaved = {};
      this.waiting.clear();
    }
    return ok(settingsFrom(saved.value));
  }
}
