import { env, InferenceSession, Tensor } from 'onnxruntime-web/wasm';
import type { Result } from '../../base/index.ts';
import { err, ok } from '../../base/index.ts';
import { plainReason } from '../import/plain-reason.ts';
import type { ModelFailure } from '../model-source.ts';
import type { PlainNetwork, PlainOutput } from './plain-network.ts';
import type { ReadRuntime } from './runtime-wasm.ts';
import type { StoredForm, StoredNumbers } from './stored-numbers.ts';
import { fromStored, toStored } from './stored-numbers.ts';

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
    const [input, ...others] = session.inputMetadata;
    const type = input?.isTensor === true ? inputTypes.find((each) => each === input.type) : undefined;
    if (input && type && others.length === 0) return ok(new OnnxNetwork(session, input.name, type));
    await session.release();
    const names = session.inputNames.join(', ');
    return err('model-mismatch', others.length === 0 ? `the input ${names} takes another kind of number` : `the network has ${session.inputNames.length} inputs (${names}), not one`);
  } catch (thrown) {
    return err('model-mismatch', `the ONNX runtime refuses the file: ${plainReason(thrown)}`);
  }
}

const inputTypes = ['float32', 'float16', 'uint8', 'int8'] as const satisfies readonly StoredForm['type'][];

class OnnxNetwork implements PlainNetwork {
  readonly #session: InferenceSession;
  readonly #input: string;
  readonly #type: StoredForm['type'];

  constructor(session: InferenceSession, input: string, type: StoredForm['type']) {
    this.#session = session;
    this.#input = input;
    this.#type = type;
  }

  async predict(data: Float32Array, shape: readonly number[]): Promise<readonly PlainOutput[]> {
    const input = new Tensor(this.#type, toStored(data, { type: this.#type, quantisation: null }), [...shape]);
    const results = await this.#session.run({ [this.#input]: input });
    return this.#session.outputNames.map((name) => {
      const output = results[name];
      if (!output) throw new Error(`the network gave no output ${name}`);
      if (output.type === 'string') throw new Error(`output ${name} is of type ${output.type}`);
      return { name, shape: output.dims, data: fromStored(output.data as StoredNumbers, null, output.type === 'float16') };
    });
  }

  dispose(): void {
    void this.#session.release();
  }
}
