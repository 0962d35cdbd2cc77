import type { CompiledModel } from '@litertjs/core';
import { loadAndCompile, loadLiteRt, supportsFeature, Tensor } from '@litertjs/core';
import type { Result } from '../../base/index.ts';
import { err, ok } from '../../base/index.ts';
import type { NetworkFacts, Quantisation, StatedTensor } from '../import/model-facts.ts';
import { readTfliteFile } from '../import/tflite-file.ts';
import { plainReason } from '../import/plain-reason.ts';
import type { ModelFailure } from '../model-source.ts';
import type { LiteRtLog } from './litert-log.ts';
import { startLiteRt } from './litert-start.ts';
import type { PlainNetwork, PlainOutput } from './plain-network.ts';
import type { ReadRuntime } from './runtime-wasm.ts';
import { fromStored, toStored } from './stored-numbers.ts';

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
    const facts = readTfliteFile(model, 'the file');
    const compiled = await loadAndCompile(model, { accelerator: 'wasm' });
    const inputs = compiled.getInputDetails();
    const problem = log.take() ?? (inputs.length === 1 ? null : `the network has ${inputs.length} inputs (${inputs.map(({ name }) => name).join(', ')}), not one`);
    if (problem === null) return ok(new TfliteNetwork(compiled, log, facts));
    compiled.delete();
    return err('model-mismatch', `LiteRT cannot run the file: ${problem}`);
  } catch (thrown) {
    return err('model-mismatch', `LiteRT cannot run the file: ${log.take() ?? plainReason(thrown)}`);
  }
}

class TfliteNetwork implements PlainNetwork {
  readonly #model: CompiledModel;
  readonly #log: LiteRtLog;
  readonly #stated: ReadonlyMap<string, StatedTensor>;

  constructor(model: CompiledModel, log: LiteRtLog, { inputs, outputs }: Pick<NetworkFacts, 'inputs' | 'outputs'>) {
    this.#model = model;
    this.#log = log;
    this.#stated = new Map([...inputs, ...outputs].map((tensor) => [tensor.name, tensor] as const));
  }

  async predict(data: Float32Array, shape: readonly number[]): Promise<readonly PlainOutput[]> {
    const [detail] = this.#model.getInputDetails();
    const type = detail?.dtype ?? 'float32';
    if (type === 'int32') throw new Error('its input takes whole numbers of 32 bits');
    const input = new Tensor(toStored(data, { type, quantisation: this.#quantisationOf(detail?.name) }), [...shape]);
    const outputs = await this.#model.run([input]).finally(() => input.delete());
    try {
      const problem = this.#log.take();
      if (problem !== null) throw new Error(problem);
      const details = this.#model.getOutputDetails();
      return await Promise.all(
        outputs.map(async (output, i) => ({
          name: details[i]?.name ?? String(i),
          shape: [...output.type.layout.dimensions],
          data: fromStored(await output.data(), this.#quantisationOf(details[i]?.name)),
        })),
      );
    } finally {
      for (const output of outputs) output.delete();
    }
  }

  #quantisationOf(name: string | undefined): Quantisation | null {
    return this.#stated.get(name ?? '')?.quantisation ?? null;
  }

  dispose(): void {
    this.#model.delete();
  }
}
