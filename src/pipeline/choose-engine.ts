import type { Result } from '../base/index.ts';
import type { HostedEngine } from './engine-host.ts';
import type { BackendName, EngineFailure, EngineHost, EngineReport } from './protocol.ts';

export interface Candidate {
  readonly backend: BackendName;
  readonly host: EngineHost;
}

export interface StartedEngine {
  readonly engine: HostedEngine;
  readonly report: EngineReport;
}

/** Starts one candidate; a candidate that fails has already been ended. */
export type StartCandidate = (candidate: Candidate) => Promise<Result<StartedEngine, EngineFailure>>;

type StartOutcome = Result<StartedEngine, EngineFailure>;

const webglInWorker: Candidate = { backend: 'webgl', host: 'worker' };
const wasmInWorker: Candidate = { backend: 'wasm', host: 'worker' };
const webglOnPage: Candidate = { backend: 'webgl', host: 'page' };
/** Plain JavaScript: only when nothing else starts. */
const lastResort: Candidate = { backend: 'cpu', host: 'worker' };

/**
 * Chooses the engine by running the real models on each candidate, one after the other so that they do not disturb
 * each other, and keeping the fastest. Where a worker has no WebGL, WebGL on the page's thread is measured too, and
 * must be twice as fast to be worth the page's time.
 */
export async function chooseEngine(start: StartCandidate): Promise<Result<StartedEngine, EngineFailure>> {
  const wasm = await start(wasmInWorker);
  const webgl = await start(webglInWorker);
  const inWorker = faster(wasm, webgl, 1);
  const best = webgl.ok ? inWorker : faster(inWorker, await start(webglOnPage), 2);
  if (best.ok) return best;
  const cpu = await start(lastResort);
  return cpu.ok ? cpu : best;
}

/** What takes the place of a backend that failed, best first: wherever it ran, it leaves a worker in peace. */
export function fallbacksOf(backend: BackendName): readonly Candidate[] {
  switch (backend) {
    case 'webgl':
      return [wasmInWorker, lastResort];
    case 'wasm':
      return [lastResort];
    case 'cpu':
      return [];
  }
}

/** The faster of two engines; the other one is ended. `b` must be `handicap` times as fast as `a` to win. */
function faster(a: StartOutcome, b: StartOutcome, handicap: number): StartOutcome {
  if (!b.ok) return a;
  if (!a.ok) return b;
  const winsB = b.value.report.frameMs * handicap < a.value.report.frameMs;
  (winsB ? a : b).value.engine.end();
  return winsB ? b : a;
}

/** The engine that a person or an earlier measurement asked for; on the page's thread where a worker cannot run it. */
export async function startNamed(backend: BackendName, host: EngineHost | null, start: StartCandidate): Promise<Result<StartedEngine, EngineFailure>> {
  const first = await start({ backend, host: host ?? 'worker' });
  if (first.ok || host || backend !== 'webgl') return first;
  const onPage = await start(webglOnPage);
  return onPage.ok ? onPage : first;
}
