import type { Failure, Result } from '../base/index.ts';
import { withDeadline } from '../base/index.ts';
import type { ImportFailure, NamedBytes } from '../runtime/index.ts';
import type { Corrections, ModelReport } from '../yolo/index.ts';
import type { TrustScriptUrl } from './engine-host.ts';
import { workerEngine } from './engine-host.ts';

/** Reading takes well under a second; a network that must be run to be understood takes the start of its runtime. */
const examineLimitMs = 20_000;

/**
 * Examines the files of a stranger in a worker of their own, which ends with the answer: a file that makes it hang, grow
 * or die takes nothing else along. The bytes stay the caller's.
 */
export async function examineFiles(
  files: readonly NamedBytes[],
  corrections: Corrections,
  trustScriptUrl: TrustScriptUrl,
): Promise<Result<ModelReport, ImportFailure | Failure<'timeout' | 'engine-died'>>> {
  const engine = workerEngine(trustScriptUrl);
  try {
    const dead = engine.died.then((failure) => ({ ok: false, failure }) as const);
    const answer = await withDeadline(Promise.race([engine.api.examine(files, corrections), dead]), examineLimitMs, 'examining the files');
    return answer.ok ? answer.value : answer;
  } finally {
    engine.end();
  }
}
