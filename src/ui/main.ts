import { FrameLedger } from '../camera/index.ts';
import type { BackendName, PipelineState } from '../pipeline/index.ts';
import { createPipeline } from '../pipeline/index.ts';
import { secondRuntimes, shippedModels, shippedPointsModels, shippedWasm } from '../runtime/index.ts';
import { createAppUpdates, createBackendMemory, createDatabase, createImportedModels, createOfflineAssets, createSettingsStore } from '../store/index.ts';
import type { Settings } from '../store/index.ts';
import './app/lintel-app.ts';
import { loadOnce } from './load-once.ts';
import { matchLocale, useLocale } from './i18n/localization.ts';
import { LiveSession } from './live/live-session.ts';
import { LiveModels } from './models/live-models.ts';
import { ModelShelf } from './models/model-shelf.ts';
import { Workbench } from './models/workbench.ts';
import { SettingsModel } from './settings-model.ts';
import { createScriptUrlPolicy } from './trusted-types.ts';

/** Builds the long-lived objects, once, and hands them to the shell. */
async function start(): Promise<void> {
  const trustScriptUrl = createScriptUrlPolicy();
  const database = createDatabase();
  const store = createSettingsStore(database);
  const settings = new SettingsModel(store, await store.read());
  settings.subscribe((changed) => void dress(changed));
  await dress(settings.value);
  const pipeline = createPipeline({ settings: { ...settings.value, models: {} }, memory: createBackendMemory(database), trustScriptUrl });
  const shelf = new ModelShelf({
    shipped: shippedModels,
    points: shippedPointsModels,
    imported: createImportedModels(database),
    settings,
    runtimes: secondRuntimes(),
    offlineOf: (files) => createOfflineAssets(files),
  });
  const liveModels = new LiveModels(pipeline, shelf);
  const assets = [...[...shippedModels, ...shippedPointsModels].flatMap((model) => model.files), ...shippedWasm];
  const live = new LiveSession({ pipeline, settings, ledger: new FrameLedger(), configure: (chosen) => liveModels.apply(chosen) });
  const updates = createAppUpdates({ scriptUrl: trustScriptUrl('/sw.js') });
  const app = document.querySelector('lintel-app');
  if (!app) throw new Error('the page has no <lintel-app>');
  app.parts = {
    settings,
    pipeline,
    session: live,
    shelf,
    workbench: new Workbench({ trustScriptUrl, ledger: new FrameLedger(), backend: () => backendOf(pipeline.state, settings.value) }),
    // Most people never stand at a door: its code is loaded for those who do.
    door: loadOnce(async () => (await import('./door/build-door.ts')).buildDoor({ database, trustScriptUrl, pipeline, settings, live, liveModels, updates })),
    offline: createOfflineAssets(assets),
    updates,
  };
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

await start();
