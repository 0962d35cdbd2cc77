import { err, messageOf } from '../base/index.ts';
import { FrameLedger } from '../camera/index.ts';
import type { BackendName, PipelineState } from '../pipeline/index.ts';
import { createPipeline, tryEngine } from '../pipeline/index.ts';
import { secondRuntimes, shippedModels, shippedPointsModels, shippedVectorModels, shippedWasm } from '../runtime/index.ts';
import { createAppUpdates, createBackendMemory, createDatabase, createImportedModels, createOfflineAssets, createSettingsStore, instantPlace, keepRetention, KeptRecord } from '../store/index.ts';
import type { Settings } from '../store/index.ts';
import './app/lintel-app.ts';
import type { DoorOffice } from './door/admin/door-office.ts';
import { KeptThings } from './kept-things.ts';
import { loadOnce } from './load-once.ts';
import { matchLocale, useLocale } from './i18n/localization.ts';
import { LiveSession } from './live/live-session.ts';
import { LiveModels } from './models/live-models.ts';
import { ModelShelf } from './models/model-shelf.ts';
import { Workbench } from './models/workbench.ts';
import { SettingsModel } from './settings-model.ts';
import { createScriptUrlPolicy } from './trusted-types.ts';

/** When the app has been open so long, it looks whose time is over; from then on once a day. */
const retentionAfterMs = 5000;

/** Builds the long-lived objects, once, and hands them to the shell. */
async function start(): Promise<void> {
  const database = createDatabase();
  const place = instantPlace();
  const kept = await KeptThings.begin(new KeptRecord(database, place, isSecureContext ? caches : null));
  const store = createSettingsStore(database, place);
  const settings = new SettingsModel(store, await store.read());
  settings.subscribe((changed) => void dress(changed));
  await dress(settings.value);
  const pipeline = createPipeline({ settings: { ...settings.value, models: {} }, memory: createBackendMemory(database), trustScriptUrl });
  const shelf = new ModelShelf({
    shipped: shippedModels,
    points: shippedPointsModels,
    faces: shippedVectorModels,
    imported: createImportedModels(database),
    settings,
    runtimes: secondRuntimes(),
    offlineOf: (files) => createOfflineAssets(files),
  });
  const liveModels = new LiveModels(pipeline, shelf);
  const assets = [...[...shippedModels, ...shippedPointsModels, ...shippedVectorModels].flatMap((model) => model.files), ...shippedWasm];
  const live = new LiveSession({ pipeline, settings, ledger: new FrameLedger(), configure: (chosen) => liveModels.apply(chosen) });
  const vault = loadOnce(async () => (await import('./build-vault.ts')).buildVault(database, trustScriptUrl));
  // Most people never stand at a door: its code is loaded for those who do.
  const door = loadOnce(async () => {
    const [{ buildDoor }, people] = await Promise.all([import('./door/build-door.ts'), vault()]);
    return buildDoor({ database, trustScriptUrl, pipeline, settings, live, liveModels, updates, vault: people, isLost: () => kept.isDoorLost });
  });
  const people = loadOnce(async () => {
    const [{ buildPeople }, known, { office }] = await Promise.all([import('./people/build-people.ts'), vault(), door()]);
    return buildPeople({ vault: known, pipeline, settings, live, liveModels, guard: office.guard, doorRate: () => rateOf(office) });
  });
  const app = document.querySelector('lintel-app');
  if (!app) throw new Error('the page has no <lintel-app>');
  app.parts = {
    settings,
    pipeline,
    session: live,
    shelf,
    workbench: new Workbench({ trustScriptUrl, ledger: new FrameLedger(), backend: () => backendOf(pipeline.state, settings.value) }),
    door,
    people,
    offline: createOfflineAssets(assets),
    kept,
    updates,
  };
  void updates.proveItself(async () => {
    await app.updateComplete;
    if (!app.renderRoot.querySelector('main, lintel-door-view')) return err('no-view', 'the page shows nothing');
    return tryEngine(trustScriptUrl);
  });
  // Nobody is kept longer than they agreed to, whether or not a page of people is opened. The first page comes first.
  setTimeout(() => void vault().then((known) => keepRetention(known, () => undefined)), retentionAfterMs);
}

/** How many strangers the owner lets pass, where a door has been set up here. */
async function rateOf(office: Pick<DoorOffice, 'plan'>): Promise<number | null> {
  const plan = await office.plan();
  return plan.ok ? (plan.value?.targetRate ?? null) : null;
}

/** Models are tried on what the live view uses; before it has started, on what the person set, or what runs everywhere. */
function backendOf(state: PipelineState, { backend }: Settings): BackendName {
  if (state.phase === 'ready') return state.report.backend;
  return backend === 'auto' ? 'wasm' : backend;
}

/** Language and theme act on the document, for every view at once. */
async function dress({ language, theme }: Settings): Promise<void> {
  if (theme === 'auto') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = theme;
  await useLocale(language === 'auto' ? matchLocale(navigator.languages) : language);
}

const trustScriptUrl = createScriptUrlPolicy();
// Before everything else: a new version that does not come up must still be able to say so.
const updates = createAppUpdates({ scriptUrl: trustScriptUrl('/sw.js') });
try {
  await start();
} catch (thrown) {
  await updates.proveItself(() => Promise.resolve(err('start-failed', messageOf(thrown))));
  throw thrown;
}
