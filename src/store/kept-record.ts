import * as v from 'valibot';
import { assetCacheName } from './cache-names.ts';
import type { Database } from './database.ts';
import type { InstantPlace } from './instant-place.ts';
import { InstantNote } from './instant-place.ts';
import { reading } from './reading.ts';

/** What a person would miss: people of the vault, a door with an owner, models they brought, files for offline use. */
export const keptKinds = ['people', 'door', 'models', 'offline'] as const;
export type KeptKind = (typeof keptKinds)[number];

/** What lies on this device now. */
export interface KeptNow {
  readonly kinds: readonly KeptKind[];
  /** Nothing was ever kept in this database: it is new, or the browser has thrown the one before away. */
  readonly isNew: boolean;
}

/** What is written down beside the database: what it held, what was found to be gone and nobody has read yet, and whether a door is gone. */
export interface KeptNote {
  readonly kept: readonly KeptKind[];
  readonly unread: readonly KeptKind[];
  readonly isDoorLost: boolean;
}

/**
 * The note after a look. What an owner removes is not lost: the database is still the one that it was. Only a new database, or
 * the whole cache of models gone, tells that the browser made room.
 */
export function noteAfter({ kept, unread, isDoorLost }: KeptNote, { kinds, isNew }: KeptNow): KeptNote {
  const gone = kept.filter((kind) => !kinds.includes(kind) && (isNew || kind === 'offline'));
  return { kept: kinds, unread: keptKinds.filter((kind) => unread.includes(kind) || gone.includes(kind)), isDoorLost: isDoorLost || gone.includes('door') };
}

const kind = v.picklist(keptKinds);
const noteSchema = v.object({ kept: v.array(kind), unread: v.array(kind), isDoorLost: v.boolean() });
const empty: KeptNote = { kept: [], unread: [], isDoorLost: false };

/**
 * Notices that the browser has thrown away what it kept for the app. Browsers that run out of room delete databases and
 * caches, and mostly leave local storage. No name and no number is written down.
 */
export class KeptRecord {
  private readonly note: InstantNote;

  constructor(
    private readonly database: Database,
    place: InstantPlace | null,
    private readonly caches: Pick<CacheStorage, 'has'> | null,
  ) {
    this.note = new InstantNote(place, 'lintel-kept');
  }

  /** Looks at what there is. Before the first look nothing may be kept: it tells a new database by what was never made. @returns what is known now */
  async look(): Promise<KeptNote> {
    const now = await this.#now();
    // What cannot be read is not gone.
    if (now) this.note.write(noteAfter(this.#read(), now));
    return this.#read();
  }

  /** A person has read it. A door stays lost: nobody who stands before it may begin anew as its owner. */
  acknowledge(): void {
    this.note.write({ ...this.#read(), unread: [] });
  }

  async #now(): Promise<KeptNow | null> {
    const counted = await this.database.use((db) =>
      reading(db, ['vault-key', 'vault-people', 'imported-models', 'door-state', 'door-audit', 'settings'], async (transaction) => {
        const count = (store: 'vault-key' | 'vault-people' | 'imported-models' | 'door-audit' | 'settings') => transaction.objectStore(store).count();
        const [keys, people, models, lines, settings, door] = await Promise.all([count('vault-key'), count('vault-people'), count('imported-models'), count('door-audit'), count('settings'), transaction.objectStore('door-state').getAllKeys()]);
        return { people, models, hasOwner: door.includes('owner-pin'), isNew: keys + people + models + lines + settings + door.length === 0 };
      }),
    );
    if (!counted.ok) return null;
    const { people, models, hasOwner, isNew } = counted.value;
    const offline = await this.#hasFiles();
    if (offline === null) return null;
    const has = { people: people > 0, door: hasOwner, models: models > 0, offline };
    return { kinds: keptKinds.filter((each) => has[each]), isNew };
  }

  /** null: the browser does not say. */
  async #hasFiles(): Promise<boolean | null> {
    try {
      return (await this.caches?.has(assetCacheName)) ?? false;
    } catch {
      return null;
    }
  }

  #read(): KeptNote {
    const read = v.safeParse(noteSchema, this.note.read());
    return read.success ? read.output : empty;
  }
}
