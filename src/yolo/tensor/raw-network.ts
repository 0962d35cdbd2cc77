import type { Tensor4D } from '@tensorflow/tfjs-core';
import type { Result } from '../../base/index.ts';
import { err, ok } from '../../base/index.ts';
import type { ImportedModel, ModelFailure } from '../../runtime/index.ts';
import { importedSource } from '../../runtime/index.ts';
import { openPlainNetwork, withTensors } from '../../runtime/tf.ts';
import { readDarknetPlan } from '../darknet/read-darknet-plan.ts';
import type { RawOutput } from '../decode/raw-output.ts';
import { DarknetNetwork } from './darknet/darknet-network.ts';
import { openRunner } from './open-runner.ts';
import { toPlanes } from './to-planes.ts';

/** A network whose outputs are not understood yet: plain numbers, to be read in any way. */
export interface RawNetwork {
  /** Takes the input [1, H, W, 3] over and disposes it, whatever happens. */
  predict(input: Tensor4D): Promise<readonly RawOutput[]>;
  dispose(): void;
}

/** Opens the network of an imported model, on the backend in use or in a runtime of its own. */
export async function openRawNetwork(model: ImportedModel): Promise<Result<RawNetwork, ModelFailure>> {
  switch (model.card.format) {
    case 'tfjs-graph':
    case 'tfjs-layers':
      return openTensors(model, model.card.format);
    case 'onnx':
    case 'tflite':
      return openPlain(model, model.card.format);
    case 'darknet':
      return openDarknet(model);
  }
}

async function openTensors(model: ImportedModel, format: 'tfjs-graph' | 'tfjs-layers'): Promise<Result<RawNetwork, ModelFailure>> {
  const opened = await openRunner(importedSource(model), format);
  if (!opened.ok) return opened;
  const runner = opened.value;
  return ok({
    predict: (input) =>
      withTensors(async (keep) => {
        const outputs = await runner.run(keep(input), keep);
        return Promise.all(outputs.map(async ({ name, tensor }) => ({ name, shape: [...tensor.shape], data: await tensor.data<'float32'>() })));
      }),
    dispose: () => runner.dispose(),
  });
}

async function openPlain({ card, files }: ImportedModel, format: 'onnx' | 'tflite'): Promise<Result<RawNetwork, ModelFailure>> {
  const [file] = files;
  if (!file) return err('model-missing', `${card.id} has no file`);
  const opened = await openPlainNetwork(format, file.bytes);
  if (!opened.ok) return opened;
  const network = opened.value;
  return ok({
    predict: (input) =>
      withTensors(async (keep) => {
        const [, height, width] = keep(input).shape;
        const pixels = await input.data<'float32'>();
        return card.input.layout === 'NCHW' ? network.predict(toPlanes(pixels), [1, 3, height, width]) : network.predict(pixels, [1, height, width, 3]);
      }),
    dispose: () => network.dispose(),
  });
}

async function openDarknet(model: ImportedModel): Promise<Result<RawNetwork, ModelFailure>> {
  const source = importedSource(model);
  const read = (role: string) => source.read(model.card.files.find((file) => file.role === role)?.name ?? role);
  const [cfg, weights] = await Promise.all([read('graph'), read('weights')]);
  if (!cfg.ok) return cfg;
  if (!weights.ok) return weights;
  const plan = readDarknetPlan(cfg.value);
  const network = plan.ok ? DarknetNetwork.build(plan.value, weights.value) : plan;
  if (!network.ok) return err('model-mismatch', `${network.failure.code}: ${network.failure.detail}`);
  return ok({ predict: (input) => network.value.readOutputs(input), dispose: () => network.value.dispose() });
}
