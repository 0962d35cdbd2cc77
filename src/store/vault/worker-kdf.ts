import { releaseProxy, wrap } from 'comlink';
import type { Err, Failure } from '../../base/index.ts';
import { err, withDeadline } from '../../base/index.ts';
import type { TrustScriptUrl } from '../../pipeline/index.ts';
import type { DeriveKey } from './kdf.ts';
import type { KdfApi } from './kdf-worker.ts';
import workerUrl from './kdf-worker.ts?worker&url';

/** The highest cost that is allowed, on a slow phone. */
const limitMs = 120_000;

/** Argon2id in a worker that ends with the answer, and its memory with it. Its code is loaded only when a key is derived. */
export function createWorkerKdf(trustScriptUrl: TrustScriptUrl): DeriveKey {
  return async (passphrase, salt, cost) => {
    const worker = new Worker(trustScriptUrl(workerUrl), { type: 'module', name: 'lintel-kdf' });
    const remote = wrap<KdfApi>(worker);
    const died = new Promise<Err<Failure<'kdf-failed'>>>((resolve) => {
      worker.addEventListener('error', (event) => resolve(err('kdf-failed', event.message || 'the worker could not start')));
      worker.addEventListener('messageerror', () => resolve(err('kdf-failed', 'a message could not be read')));
    });
    try {
      const answer = await withDeadline(Promise.race([remote.derive(passphrase, salt, cost), died]), limitMs, 'deriving the key');
      return answer.ok ? answer.value : err('kdf-failed', answer.failure.detail);
    } finally {
      remote[releaseProxy]();
      worker.terminate();
    }
  };
}
