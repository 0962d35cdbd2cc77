import type { BackendKind } from '../../../src/runtime/tf.ts';
import { loadGradients } from '../../../src/runtime/tf.ts';
import { useBackend } from '../../support/node-backend.ts';

/** A backend that can train. */
export async function useTraining(backend: BackendKind): Promise<void> {
  await Promise.all([useBackend(backend), loadGradients()]);
}
