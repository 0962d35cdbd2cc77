import { join } from 'node:path';
import type { BackendInfo, BackendKind, BackendOptions } from '../../src/runtime/tf.ts';
import { startBackend } from '../../src/runtime/tf.ts';
import { packageFolder } from './node-source.ts';

const wasmFolder = join(packageFolder('@tensorflow/tfjs-backend-wasm'), 'dist');
const wasmNames = ['tfjs-backend-wasm.wasm', 'tfjs-backend-wasm-simd.wasm', 'tfjs-backend-wasm-threaded-simd.wasm'];

/** What a backend needs in Node: the wasm files of the package, one thread. */
export const nodeBackendOptions: BackendOptions = {
  wasmPaths: Object.fromEntries(wasmNames.map((name) => [name, join(wasmFolder, name)])),
  threads: 1,
  allowSoftwareWebgl: false,
};

/** Starts a backend for the tests of this file. tfjs keeps one per process, which vitest gives to each file anew. */
export async function useBackend(backend: BackendKind): Promise<BackendInfo> {
  const started = await startBackend(backend, nodeBackendOptions);
  if (!started.ok) throw new Error(started.failure.detail);
  return started.value;
}
