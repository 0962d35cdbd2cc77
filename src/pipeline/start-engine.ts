import type { Result } from '../base/index.ts';
import { err, messageOf } from '../base/index.ts';
import type { HostedEngine } from './engine-host.ts';
import type { EngineFailure, EngineReport, EngineStart, StartProgress, StartStage } from './protocol.ts';

/** Before the first word of an engine its script is loaded and run, which a slow network or a busy machine draws out. */
const firstWordLimitMs = 30_000;
/** Longest that the backend may take in all, while the engine shows that it lives. */
const mostInBackendMs = 24_000;
/** How long a stage may go without any progress. A download may stall on a slow network; a backend must not. */
const silenceLimitMs: Readonly<Record<StartStage, number>> = {
  backend: 8_000,
  download: 30_000,
  build: 10_000,
  'warm-up': 20_000,
  measure: 10_000,
};

/**
 * Starts an engine and gives up on it when it dies or falls silent. `setBackend` can hang for ever on some phones, and take
 * long on a busy machine: an engine that shows signs of life is waited for, up to a bound.
 * The caller ends an engine that did not start.
 */
export async function startEngine(
  engine: HostedEngine,
  request: EngineStart,
  onProgress: (progress: StartProgress) => void,
): Promise<Result<EngineReport, EngineFailure>> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let longest: ReturnType<typeof setTimeout> | undefined;
  let giveUp: (result: Result<EngineReport, EngineFailure>) => void = () => undefined;
  const silence = new Promise<Result<EngineReport, EngineFailure>>((resolve) => {
    giveUp = resolve;
  });
  const limited = (limitMs: number, what: string): ReturnType<typeof setTimeout> => setTimeout(() => giveUp(err('timeout', `${request.backend}: ${what} ${limitMs} ms`)), limitMs);
  const expectProgressIn = (stage: StartStage): void => {
    clearTimeout(timer);
    timer = limited(silenceLimitMs[stage], `no progress in "${stage}" for`);
    if (stage === 'backend') longest ??= limited(mostInBackendMs, 'the backend was not there after');
    else clearTimeout(longest);
  };
  let over = false;
  const started = engine.api.start(request, (progress) => {
    if (over) return;
    expectProgressIn(progress.stage);
    onProgress(progress);
  });
  timer = limited(firstWordLimitMs, 'not a word for');
  try {
    return await Promise.race([started, engine.died.then((failure) => ({ ok: false, failure }) as const), silence]);
  } catch (thrown) {
    return err('engine-died', `${request.backend}: ${messageOf(thrown)}`);
  } finally {
    over = true;
    clearTimeout(timer);
    clearTimeout(longest);
  }
}
