import type { CompiledModel } from '@litertjs/core';
import { loadAndCompile, loadLiteRt, supportsFeature, Tensor } from '@litertjs/core';
import type { Result } from '../../base/index.ts';
import { err, messageOf, ok } from '../../base/index.ts';
import type { ModelFailure } from '../model-source.ts';
import type { LiteRtLog } from './litert-log.ts';
import { startLiteRt } from './litert-start.ts';
import type { PlainNetwork, PlainOutput } from './plain-network.ts';
import { toFloat32 } from './plain-network.ts';
import type { ReadRuntime } from './runtime-wasm.ts';

/** One runtime serves all models of a thread: LiteRT itself keeps it in a global. */
let started: Promise<Result<LiteRtLog, ModelFailure>> | null = null;

/** Opens a .tflite file in LiteRT, on the processor. */
export async function openTflite(model: Uint8Array<ArrayBuffer>, readRuntime: ReadRuntime): Promise<Result<PlainNetwork, ModelFailure>> {
  started ??= startLiteRt({ loadLiteRt, supportsFeature }, readRuntime);
  const runtime = await started;
  if (!runtime.ok) {
    started = null;
    return runtime;
  }
  const log = runtime.value;
  try {
    const compiled = await loadAndCompile(model, { accelerator: 'wasm' });
    const inputs = compiled.getInputDetails();
    const problem = log.take() ?? (inputs.length === 1 ? null : `the network has ${inputs.length} inputs (${inputs.map(({ name }) => name).join(', ')}), not one`);
    if (problem === null) return ok(new TfliteNetwork(compiled, log));
    compiled.delete();
    return err('model-mismatch', `LiteRT cannot run the file: ${problem}`);
  } catch (thrown) {
    return err('model-mismatch', `LiteRT cannot run the file: ${log.take() ?? messageOf(thrown)}`);
  }
}

class TfliteNetwork implements PlainNetwork {
  readonly #model: CompiledModel;
  readonly #log: LiteRtLog;

  constructor(model: CompiledModel, log: LiteRtLog) {
    this.#model = model;
    this.#log = log;
  }

  async predict(data: Float32Array, shape: readonly number[]): Promise<readonly PlainOutput[]> {
    const input = new Tensor(data, [...shape]);
    const outputs = await this.#model.run([input]).finally(() => input.delete());
    try {
      const problem = this.#log.take();
      if (problem !== null) throw new Error(problem);
      const details = this.#model.getOutputDetails();
      return await Promise.all(
        outputs.map(async (output, i) => ({
          name: details[i]?.name ?? String(i),
          shape: [...output.type.layout.dimensions],
          data: toFloat32(await output.data()),
        })),
      );
    } finally {
      for (const output of outputs) output.delete();
    }
  }

  dispose(): void {
    this.#model.delete();
  }
}
