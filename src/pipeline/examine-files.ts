import type { Failure, Result } from '../base/index.ts';
import { err, withDeadline } from '../base/index.ts';
import type { Frame } from '../camera/index.ts';
import type { ImportedModel, ImportFailure, NamedBytes } from '../runtime/index.ts';
import type { Corrections, ModelReport, Reading, ReadingOutcome } from '../yolo/index.ts';
import type { HostedEngine, TrustScriptUrl } from './engine-host.ts';
import { workerEngine } from './engine-host.ts';
import type { EngineFailure } from './protocol.ts';

/** Reading takes well under a second; a network that must be run to be understood takes the start of its runtime. */
const examineLimitMs = 20_000;
/** A network is run some twenty times, twice for each way to prepare the picture. */
const readingsLimitMs = 120_000;

/**
 * Examines the files of a stranger in a worker of their own, which ends with the answer: a file that makes it hang, grow
 * or die takes nothing else along. The bytes stay the caller's.
 */
export async function examineFiles(
  files: readonly NamedBytes[],
  corrections: Corrections,
  trustScriptUrl: TrustScriptUrl,
): Promise<Result<ModelReport, ImportFailure | Failure<'timeout' | 'engine-died'>>> {
  return alone(trustScriptUrl, examineLimitMs, 'examining the files', ({ api }) => api.examine(files, corrections));
}

/**
 * Looks at one picture with every reading of a stranger's network, in a worker of its own. Takes the frame over.
 *
 * @param signal ends the worker at once: `engine-died`
 */
export async function tryReadings(
  model: ImportedModel,
  readings: readonly Reading[],
  frame: Frame,
  trustScriptUrl: TrustScriptUrl,
  signal: AbortSignal,
): Promise<Result<readonly ReadingOutcome[], EngineFailure>> {
  return alone(trustScriptUrl, readingsLimitMs, 'trying the readings', ({ api }) => Promise.race([api.tryReadings(model, readings, frame.take()), givenUp(signal)]));
}

function givenUp(signal: AbortSignal): Promise<Result<never, Failure<'engine-died'>>> {
  return new Promise((resolve) => {
    const giveUp = (): void => resolve(err('engine-died', 'the search was given up'));
    if (signal.aborted) giveUp();
    signal.addEventListener('abort', giveUp, { once: true });
  });
}

/** One question to an engine of its own, which ends with the answer. */
async function alone<T, Code extends string>(
  trustScriptUrl: TrustScriptUrl,
  limitMs: number,
  what: string,
  ask: (engine: HostedEngine) => Promise<Result<T, Failure<Code>>>,
): Promise<Result<T, Failure<Code | 'timeout' | 'engine-died'>>> {
  const engine = workerEngine(trustScriptUrl);
  try {
    const dead = engine.died.then((failure) => ({ ok: false, failure }) as const);
    const answer = await withDeadline(Promise.race([ask(engine), dead]), limitMs, what);
    return answer.ok ? answer.value : answer;
  } finally {
    engine.end();
  }
}
