import { FrameLedger } from '../camera/index.ts';
import { createPipeline } from '../pipeline/index.ts';
import { shippedModels, shippedWasm } from '../runtime/index.ts';
import { createAppUpdates, createBackendMemory, createDatabase, createOfflineAssets, createSettingsStore } from '../store/index.ts';
import type { Settings } from '../store/index.ts';
import './app/lintel-app.ts';
import { matchLocale, useLocale } from './i18n/localization.ts';
import { LiveSession } from './live/live-session.ts';
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
  const assets = [...shippedModels.flatMap((model) => model.files), ...shippedWasm];
  const app = document.querySelector('lintel-app');
  if (!app) throw new Error('the page has no <lintel-app>');
  app.parts = {
    settings,
    pipeline,
    session: new LiveSession({ pipeline, settings, ledger: new FrameLedger() }),
    offline: createOfflineAssets(assets),
    updates: createAppUpdates({ scriptUrl: trustScriptUrl('/sw.js') }),
  };
}

/** Language and theme act on the document, for every view at once. */
async function dress({ language, theme }: Settings): Promise<void> {
  if (theme === 'auto') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = theme;
  await useLocale(language === 'auto' ? matchLocale(navigator.languages) : language);
}

await start();
