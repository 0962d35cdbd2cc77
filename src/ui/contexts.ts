import { createContext } from '@lit/context';
import type { Pipeline } from '../pipeline/index.ts';
import type { AppUpdates, OfflineAssets, Vault } from '../store/index.ts';
import type { LiveSession } from './live/live-session.ts';
import type { ModelShelf } from './models/model-shelf.ts';
import type { Workbench } from './models/workbench.ts';
import type { DescriptorModels } from './people/descriptor-model.ts';
import type { FaceCamera } from './people/face-camera.ts';
import type { SettingsModel } from './settings-model.ts';

/** The long-lived objects that `main.ts` builds once; elements ask for them by these keys. */
export const sessionContext = createContext<LiveSession>(Symbol('live-session'));
export const settingsContext = createContext<SettingsModel>(Symbol('settings'));
export const offlineContext = createContext<OfflineAssets>(Symbol('offline-assets'));
export const updatesContext = createContext<AppUpdates>(Symbol('app-updates'));
export const shelfContext = createContext<ModelShelf>(Symbol('model-shelf'));
export const workbenchContext = createContext<Workbench>(Symbol('workbench'));
export const pipelineContext = createContext<Pipeline>(Symbol('pipeline'));
export const vaultContext = createContext<Vault>(Symbol('vault'));
export const faceCameraContext = createContext<FaceCamera>(Symbol('face-camera'));
export const descriptorModelsContext = createContext<DescriptorModels>(Symbol('descriptor-models'));
