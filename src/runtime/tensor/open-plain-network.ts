import type { Result } from '../../base/index.ts';
import type { ModelFailure } from '../model-source.ts';
import type { PlainNetwork } from './plain-network.ts';
import type { ReadRuntime } from './runtime-wasm.ts';
import { readShippedRuntime } from './runtime-wasm.ts';

export type PlainFormat = 'onnx' | 'tflite';

/** Opens a model of a second runtime. The runtime's code and its wasm are loaded with the first such model. */
export async function openPlainNetwork(
  format: PlainFormat,
  model: Uint8Array<ArrayBuffer>,
  readRuntime: ReadRuntime = readShippedRuntime,
): Promise<Result<PlainNetwork, ModelFailure>> {
  switch (format) {
    case 'onnx':
      return (await import('./onnx-network.ts')).openOnnx(model, readRuntime);
    case 'tflite':
      return (await import('./tflite-network.ts')).openTflite(model, readRuntime);
  }
}
