import { proxy, releaseProxy, transfer, wrap } from 'comlink';
import type { Failure } from '../base/index.ts';
import type { EngineApi, EngineHost } from './protocol.ts';
import workerUrl from './worker.ts?worker&url';

/** An engine and the means to end it, wherever it lives. */
export interface HostedEngine {
  readonly host: EngineHost;
  readonly api: EngineApi;
  /** Settles when the engine is lost: its worker could not load, threw at top level, or sent what cannot be read, or it said so itself. */
  readonly died: Promise<Failure<'engine-died'>>;
  end(): void;
}

/** Makes a script address acceptable to a page with Trusted Types; a page without them returns it as it is. */
export type TrustScriptUrl = (url: string) => string;

/** Starts a worker with an engine in it. */
export function workerEngine(trustScriptUrl: TrustScriptUrl): HostedEngine {
  const worker = new Worker(trustScriptUrl(workerUrl), { type: 'module', name: 'lintel-engine' });
  const remote = wrap<EngineApi>(worker);
  const died = new Promise<Failure<'engine-died'>>((resolve) => {
    worker.addEventListener('error', (event) => resolve({ code: 'engine-died', detail: event.message || 'the worker could not start' }));
    worker.addEventListener('messageerror', () => resolve({ code: 'engine-died', detail: 'a message could not be read' }));
    void remote.lost().then(resolve);
  });
  return {
    host: 'worker',
    died,
    api: {
      start: (request, onProgress) => remote.start(request, proxy(onProgress)),
      configure: (config) => remote.configure(config),
      process: (info, bitmap, care, given) => remote.process(info, transfer(bitmap, [bitmap]), care, given),
      resetTracks: () => remote.resetTracks(),
      check: () => remote.check(),
      lost: () => remote.lost(),
      counts: () => remote.counts(),
      examine: (files, corrections) => remote.examine(files, corrections),
      tryReadings: (model, readings, picture) => remote.tryReadings(model, readings, transfer(picture, [picture])),
      dispose: () => remote.dispose(),
    },
    end: () => {
      remote[releaseProxy]();
      worker.terminate();
    },
  };
}

/** An engine on the page's own thread, for browsers without WebGL in workers. Its code is loaded only when needed. */
export async function pageEngine(): Promise<HostedEngine> {
  const { Engine } = await import('./engine/engine.ts');
  const engine = new Engine('page');
  return {
    host: 'page',
    api: engine,
    died: engine.lost(),
    end: () => void engine.dispose(),
  };
}
