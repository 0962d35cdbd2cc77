import type { Failure } from '../../src/base/index.ts';
import type { HostedEngine } from '../../src/pipeline/index.ts';
import type { EngineApi, EngineHost, EngineReport } from '../../src/pipeline/protocol.ts';

/** An engine whose start is played by the test: real ones need a browser, see `test/browser/pipeline.spec.ts`. */
export interface MadeEngine extends HostedEngine {
  readonly ended: number;
  die(detail: string): void;
}

export function madeEngine(start: EngineApi['start'], host: EngineHost = 'worker'): MadeEngine {
  let ended = 0;
  let die: (failure: Failure<'engine-died'>) => void = () => undefined;
  const died = new Promise<Failure<'engine-died'>>((resolve) => (die = resolve));
  const never = (): Promise<never> => new Promise(() => undefined);
  return {
    host,
    died,
    api: { start, configure: never, process: never, resetTracks: never, check: never, lost: never, counts: never, examine: never, tryReadings: never, dispose: never },
    end: () => ended++,
    die: (detail) => die({ code: 'engine-died', detail }),
    get ended() {
      return ended;
    },
  };
}

export const madeReport: EngineReport = { backend: 'wasm', host: 'worker', precisionBits: 32, threads: 1, simd: true, frameMs: 40 };
