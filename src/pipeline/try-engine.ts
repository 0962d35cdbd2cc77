import type { Result } from '../base/index.ts';
import { err, messageOf, ok, withDeadline } from '../base/index.ts';
import type { TrustScriptUrl } from './engine-host.ts';
import { workerEngine } from './engine-host.ts';
import type { EngineFailure } from './protocol.ts';

/** Loading and running the worker's whole script on a slow phone. */
const limitMs = 40_000;

/** Whether an engine's worker starts on this device and answers. It loads no model; the worker is ended in every case. */
export async function tryEngine(trustScriptUrl: TrustScriptUrl): Promise<Result<null, EngineFailure>> {
  const engine = workerEngine(trustScriptUrl);
  try {
    const answered = withDeadline(engine.api.counts(), limitMs, 'the first answer of the engine');
    const first = await Promise.race([answered, engine.died.then((failure) => ({ ok: false, failure }) as const)]);
    return first.ok ? ok(null) : first;
  } catch (thrown) {
    return err('engine-died', messageOf(thrown));
  } finally {
    engine.end();
  }
}
