import type { Result } from '../../src/base/index.ts';
import { ok } from '../../src/base/index.ts';
import { newSigningKeys } from '../../src/doorlink/index.ts';
import { newCardKeys } from '../../src/kiosk/index.ts';
import type { ImportedModel } from '../../src/runtime/index.ts';
import { createAdminGuard, createBackendMemory, createDatabase, createDoorCards, createDoorLog, createDoorSettings, createImportedModels, createOfflineAssets, createPersonPins, createSettingsStore, createVault, dayMs } from '../../src/store/index.ts';
import type { AdminGuard, AdminPass, Database, DoorCards, DoorLog, DoorSettingsStore, GivenCard, ImportedModels, PersonPins, SettingsStore, Vault } from '../../src/store/index.ts';
import type { Authenticator } from '../../src/store/door/passkey/authenticator.ts';
import type { BackendMemory } from '../../src/pipeline/index.ts';
import { SetTime } from '../faults/set-time.ts';
import { decision, valueOf } from './door/made-log.ts';
import { softPasskey } from './door/soft-passkey.ts';
import { madeModel } from './made-model.ts';
import { cheapKdf, modelId, newPerson, passphrase, photo, template } from './vault/made-vault.ts';

export const pin = '482915';
const wrongPin = '864209';
const ownersWords = 'the words of the owner of this door';

/** Every store that a database can be given, on one that is in use: people, PINs, an owner, a log, a model. */
export interface Stage {
  readonly database: Database;
  readonly time: SetTime;
  readonly settings: SettingsStore;
  readonly backends: BackendMemory;
  readonly models: ImportedModels;
  readonly vault: Vault;
  readonly pins: PersonPins;
  readonly guard: AdminGuard;
  readonly log: DoorLog;
  readonly cards: DoorCards;
  readonly door: DoorSettingsStore;
  readonly seed: Seed;
}

/** What must be known of the database beside what lies in it. */
export interface Seed {
  readonly anaId: string;
  readonly boId: string;
  /** Holds Ana, Bo and somebody who was revoked since. */
  readonly backup: Blob;
  readonly passkeyId: string;
  readonly authenticator: Authenticator;
}

const card = (cardId: string, personId: string): Omit<GivenCard, 'isCalledOff'> => ({ cardId, personId, fromMs: 0, untilMs: Date.UTC(2040, 0, 1) });

const site = { origin: 'https://door.test', host: 'door.test' };

export function openStage(database: Database, seed: Seed, time = new SetTime()): Stage {
  const noTelling = (): Promise<unknown> => Promise.resolve();
  return {
    database,
    time,
    seed,
    settings: createSettingsStore(database),
    backends: createBackendMemory(database),
    models: createImportedModels(database, () => Promise.resolve(false)),
    vault: createVault(database, { calendar: time, deriveKey: cheapKdf }),
    pins: createPersonPins(database, { clock: time, deriveKey: cheapKdf }),
    guard: createAdminGuard(database, { calendar: time, clock: time, deriveKey: cheapKdf, tell: noTelling, site, authenticator: seed.authenticator }),
    log: createDoorLog(database, { calendar: time, clock: time }),
    cards: createDoorCards(database, newCardKeys),
    door: createDoorSettings(database),
  };
}

/** Fills an empty database. */
export async function fill(database: Database): Promise<Seed> {
  const authenticator = await softPasskey(site.origin);
  const { settings, backends, models, vault, pins, guard, log, cards, door } = openStage(database, { anaId: '', boId: '', backup: new Blob(), passkeyId: '', authenticator });
  const { id: anaId } = await valueOf(vault.add(newPerson('Ana', 1, { photos: [photo(1), photo(2)] })));
  const { id: boId } = await valueOf(vault.add(newPerson('Bo', 10)));
  const { id: goneId } = await valueOf(vault.add(newPerson('Chen', 20)));
  const { file } = await valueOf(vault.exportBackup(passphrase));
  await valueOf(vault.revoke(goneId));
  await valueOf(pins.set(anaId, pin));
  const owner = await valueOf(guard.setUp(pin));
  await valueOf(guard.setPassphrase(owner, ownersWords));
  const { id: passkeyId } = await valueOf(guard.addPasskey(owner, 'key ring'));
  for (let n = 0; n < 3; n++) await valueOf(log.append(decision(n)));
  await valueOf(cards.keys());
  await valueOf(cards.give(card('first', anaId)));
  await valueOf(door.write({ doorName: 'Front door' }));
  await valueOf(door.setPairing({ kioskId: 'k', doorId: 'd', doorName: 'Front', bridgeKey: (await newSigningKeys()).publicKey, privateKey: (await newSigningKeys()).privateKey }));
  await valueOf(models.add(madeModel('kept', 'Cups')));
  await valueOf(settings.write({ theme: 'dark' }));
  await backends.remember('here', { backend: 'wasm', host: 'worker', frameMs: 80 });
  return { anaId, boId, backup: file, passkeyId, authenticator };
}

/** A call that changes what is kept. */
export interface WriteEntry {
  readonly writes: (stage: Stage) => Promise<Result<unknown>>;
  /** Brings the stage to where the call has something to change. */
  readonly first?: (stage: Stage) => Promise<unknown>;
  /** Why it is more than one transaction, so that a failure may come when something has happened. */
  readonly inSteps?: string;
  /** It keeps failures to itself. */
  readonly silent?: true;
}

export type Entry = WriteEntry | { readonly reads: (stage: Stage) => Promise<unknown> } | { readonly neither: string };

const owner = (stage: Stage): Promise<AdminPass> =>
  valueOf(stage.guard.enterByPin(pin)).then((entry) => {
    if (entry.outcome !== 'in') throw new Error(`the owner is ${entry.outcome}`);
    return entry.pass;
  });
const asOwner = (call: (guard: AdminGuard, pass: AdminPass, stage: Stage) => Promise<Result<unknown>>): Pick<WriteEntry, 'writes' | 'first'> => {
  const passes = new WeakMap<Stage, AdminPass>();
  return {
    first: async (stage) => passes.set(stage, await owner(stage)),
    writes: async (stage) => {
      const pass = passes.get(stage);
      if (!pass) throw new Error('nobody entered');
      return call(stage.guard, pass, stage);
    },
  };
};
const aTry = 'a try is written down as a miss before it is looked at';
const otherModel: ImportedModel = madeModel('more', 'Plates', ['another graph', 'other weights']);

/**
 * Everything that can be asked of the store room, by the function that makes the store and the name of the method. `of` is
 * null for what keeps nothing here: the versions of the app are the browser's, keys are derived and not kept.
 */
export const table: Readonly<Record<string, { readonly of: ((stage: Stage) => object) | null; readonly methods: Readonly<Record<string, Entry>> }>> = {
  createSettingsStore: {
    of: ({ settings }) => settings,
    methods: {
      read: { reads: ({ settings }) => settings.read() },
      write: { writes: ({ settings }) => settings.write({ theme: 'light', minScore: { faces: 0.7 } }) },
    },
  },
  createBackendMemory: {
    of: ({ backends }) => backends,
    methods: {
      recall: { reads: ({ backends }) => backends.recall('here') },
      remember: { silent: true, writes: ({ backends }) => backends.remember('there', { backend: 'cpu', host: 'page', frameMs: 900 }).then(ok) },
      forget: { silent: true, writes: ({ backends }) => backends.forget().then(ok) },
    },
  },
  createImportedModels: {
    of: ({ models }) => models,
    methods: {
      list: { reads: ({ models }) => models.list() },
      read: { reads: ({ models }) => models.read('kept') },
      add: { writes: ({ models }) => models.add(otherModel) },
      rename: { writes: ({ models }) => models.rename('kept', 'Saucers') },
      remove: { writes: ({ models }) => models.remove('kept') },
    },
  },
  createOfflineAssets: {
    of: () => createOfflineAssets([], { caches: null, fetch, persist: () => Promise.resolve() }),
    methods: {
      status: { neither: 'it keeps files in caches: offline-assets.test.ts' },
      makeAvailable: { neither: 'it keeps files in caches: offline-assets.test.ts' },
      remove: { neither: 'it keeps files in caches: offline-assets.test.ts' },
    },
  },
  createAppUpdates: { of: null, methods: {} },
  createWorkerKdf: { of: null, methods: {} },
  createDatabase: {
    of: () => createDatabase({ name: 'nobody opens it' }),
    methods: { use: { neither: 'it carries out what the others ask for' }, close: { neither: 'it only ends the connection' } },
  },
  createVault: {
    of: ({ vault }) => vault,
    methods: {
      people: { reads: ({ vault }) => vault.people() },
      person: { reads: ({ vault, seed }) => vault.person(seed.anaId) },
      photos: { reads: ({ vault, seed }) => vault.photos(seed.anaId) },
      gallery: { reads: ({ vault }) => vault.gallery(modelId, 128) },
      receipts: { reads: ({ vault }) => vault.receipts() },
      audit: { reads: ({ vault }) => vault.audit() },
      inspectBackup: { reads: ({ vault, seed }) => vault.inspectBackup(seed.backup, passphrase) },
      add: { writes: ({ vault }) => vault.add(newPerson('Dee', 30, { photos: [photo(3)] })) },
      rename: { writes: ({ vault, seed }) => vault.rename(seed.anaId, 'Anna') },
      reEnrol: { writes: ({ vault, seed }) => vault.reEnrol(seed.anaId, { mode: 'replace', templates: [template(60)], photos: [photo(7)] }) },
      addNegative: { writes: ({ vault, seed }) => vault.addNegative(seed.anaId, template(61)) },
      removePhotos: { writes: ({ vault, seed }) => vault.removePhotos(seed.anaId) },
      extendRetention: { writes: ({ vault, seed, time }) => vault.extendRetention(seed.anaId, time.dateMs + 999 * dayMs) },
      revoke: { writes: ({ vault, seed }) => vault.revoke(seed.anaId) },
      purge: {
        writes: ({ vault }) => vault.purge(),
        first: ({ time }) => {
          time.pass(400 * dayMs);
          return Promise.resolve();
        },
        inSteps: 'one person after the other goes, each with a receipt',
      },
      exportBackup: { writes: ({ vault }) => vault.exportBackup(passphrase) },
      restore: { writes: ({ vault, seed }) => vault.restore(seed.backup, passphrase, { bringBack: ['Chen'] }) },
      eraseEverything: { writes: ({ vault }) => vault.eraseEverything() },
    },
  },
  createPersonPins: {
    of: ({ pins }) => pins,
    methods: {
      has: { reads: ({ pins, seed }) => pins.has(seed.anaId) },
      set: { writes: ({ pins, seed }) => pins.set(seed.boId, '739164') },
      remove: { writes: ({ pins, seed }) => pins.remove(seed.anaId) },
      check: { writes: ({ pins, seed }) => pins.check(seed.anaId, pin), inSteps: aTry },
    },
  },
  createAdminGuard: {
    of: ({ guard }) => guard,
    methods: {
      holds: { neither: 'passes live in the page only' },
      leave: { neither: 'passes live in the page only' },
      state: {
        first: async ({ guard, time }) => {
          for (let i = 0; i < 5; i++) await valueOf(guard.enterByPin(wrongPin));
          await valueOf(guard.state());
          time.pass(5000);
        },
        writes: ({ guard }) => guard.state(),
        inSteps: 'it reads two more things while it writes down what is left of a wait',
      },
      setUp: {
        first: async ({ database }) => valueOf(database.use((db) => Promise.all([db.clear('door-passkeys'), db.delete('door-state', 'owner-pin'), db.delete('door-state', 'owner-passphrase')]))),
        writes: ({ guard }) => guard.setUp(pin),
      },
      enterByPin: { writes: ({ guard }) => guard.enterByPin(pin), inSteps: aTry },
      enterByPassphrase: { writes: ({ guard }) => guard.enterByPassphrase(ownersWords), inSteps: aTry },
      enterByPasskey: { writes: ({ guard }) => guard.enterByPasskey() },
      changePin: asOwner((guard, pass) => guard.changePin(pass, '739164')),
      setPassphrase: asOwner((guard, pass) => guard.setPassphrase(pass, null)),
      addPasskey: asOwner((guard, pass) => guard.addPasskey(pass, 'another')),
      removePasskey: asOwner((guard, pass, { seed }) => guard.removePasskey(pass, seed.passkeyId)),
    },
  },
  createDoorLog: {
    of: ({ log }) => log,
    methods: {
      newest: { reads: ({ log }) => log.newest(2) },
      exportFile: { reads: ({ log }) => log.exportFile() },
      check: { reads: ({ log }) => log.check() },
      fingerprint: { reads: ({ log }) => log.fingerprint() },
      append: { writes: ({ log }) => log.append(decision(9)) },
      cut: {
        first: ({ time, log }) => {
          time.pass(dayMs);
          return valueOf(log.append(decision(8)));
        },
        writes: ({ log, time }) => log.cut(time.dateMs - 1000),
      },
      startAnew: { writes: ({ log }) => log.startAnew() },
    },
  },
  createDoorCards: {
    of: ({ cards }) => cards,
    methods: {
      keys: {
        first: ({ database }) => valueOf(database.use((db) => db.delete('door-state', 'card-keys'))),
        writes: ({ cards }) => cards.keys(),
      },
      given: { reads: ({ cards, time }) => cards.given(time.dateMs) },
      give: { writes: ({ cards, seed }) => cards.give(card('next', seed.boId)) },
      callOff: { writes: ({ cards, seed }) => cards.callOff(seed.anaId) },
    },
  },
  createDoorSettings: {
    of: ({ door }) => door,
    methods: {
      read: { reads: ({ door }) => door.read() },
      pairing: { reads: ({ door }) => door.pairing() },
      write: { writes: ({ door }) => door.write({ doorName: 'Back door' }) },
      setPairing: { writes: ({ door }) => door.setPairing(null) },
      paused: { reads: ({ door }) => door.paused() },
      setPaused: { writes: ({ door }) => door.setPaused(true) },
      relay: { reads: ({ door }) => door.relay() },
      setRelay: { writes: ({ door }) => door.setRelay({ usbVendorId: 0x1a86, usbProductId: 0x7523, pulseMs: 3000 }) },
    },
  },
};
