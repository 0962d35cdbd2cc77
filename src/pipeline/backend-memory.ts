import type { BackendName, EngineHost } from './protocol.ts';

/** What measuring found to be fastest on this device for a set of models. */
export interface RememberedBackend {
  readonly backend: BackendName;
  readonly host: EngineHost;
  readonly frameMs: number;
}

/** Where the choice of backend is kept between visits. A failure to remember only costs a new measurement. */
export interface BackendMemory {
  recall(key: string): Promise<RememberedBackend | null>;
  remember(key: string, value: RememberedBackend): Promise<void>;
  forget(): Promise<void>;
}
