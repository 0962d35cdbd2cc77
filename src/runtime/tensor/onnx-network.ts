import { env, InferenceSession, Tensor } from 'onnxruntime-web/wasm';
import type { Result } from '../../base/index.ts';
import { err, messageOf, ok } from '../../base/index.ts';
import type { ModelFailure } from '../model-source.ts';
import type { PlainNetwork, PlainOutput } from './plain-network.ts';
import { toFloat32 } from './plain-network.ts';
import type { ReadRuntime } from './runtime-wasm.ts';

/**
 * Opens an ONNX file. The runtime works on this thread only: its own threads would start from a script address that
 * the content security policy does not know.
 */
export async function openOnnx(model: Uint8Array<ArrayBuffer>, readRuntime: ReadRuntime): Promise<Result<PlainNetwork, ModelFailure>> {
  if (!env.wasm.wasmBinary) {
    const wasm = await readRuntime('ort-wasm-simd-threaded.wasm');
    if (!wasm.ok) return wasm;
    env.wasm.wasmBinary = wasm.value;
    env.wasm.numThreads = 1;
    env.logLevel = 'error';
  }
  try {
    const session = await InferenceSession.create(model, { executionProviders: ['wasm'] });
    const [input, ...others] = session.inputNames;
    if (input !== undefined && others.length === 0) return ok(new OnnxNetwork(session, input));
    await session.release();
    return err('model-mismatch', `the network has ${session.inputNames.length} inputs (${session.inputNames.join(', ')}), not one`);
  } catch (thrown) {
    return err('model-mismatch', `the ONNX runtime refuses the file: ${messageOf(thrown)}`);
  }
}

class OnnxNetwork implements PlainNetwork {
  readonly #session: InferenceSession;
  readonly #input: string;

  constructor(session: InferenceSession, input: string) {
    this.#session = session;
    this.#input = input;
  }

  async predict(data: Float32Array, shape: readonly number[]): Promise<readonly PlainOutput[]> {
    const results = await this.#session.run({ [this.#input]: new Tensor('float32', data, [...shape]) });
    return this.#session.outputNames.map((name) => {
      const output = results[name];
      if (!output) throw new Error(`the network gave no output ${name}`);
      if (output.type === 'string' || output.type === 'float16') throw new Error(`output ${name} is of type ${output.type}`);
      return { name, shape: output.dims, data: toFloat32(output.data as Float32Array) };
    });
  }

  dispose(): void {
    void this.#session.release();
  }
}
