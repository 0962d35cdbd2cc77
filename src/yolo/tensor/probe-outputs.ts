import { zeros } from '@tensorflow/tfjs-core';
import type { Result } from '../../base/index.ts';
import { err, ok } from '../../base/index.ts';
import type { Size } from '../../geometry/index.ts';
import type { ImportedModel, ImportFailure, ImportFailureCode } from '../../runtime/index.ts';
import { plainReason } from '../../runtime/files.ts';
import { importedSource } from '../../runtime/index.ts';
import { openPlainNetwork, withTensors } from '../../runtime/tf.ts';
import type { OutputShape } from '../decode/raw-output.ts';
import { openRunner } from './open-runner.ts';

/** Runs an imported network once on a black picture, on the backend in use or in its own runtime, for its output shapes. */
export async function probeOutputs(model: ImportedModel, size: Size): Promise<Result<readonly OutputShape[], ImportFailure>> {
  switch (model.card.format) {
    case 'tfjs-graph':
    case 'tfjs-layers':
      return probeTensors(model, model.card.format, size);
    case 'onnx':
    case 'tflite':
      return probePlain(model, model.card.format, size);
    case 'darknet':
      return err('darknet-invalid', 'a .cfg states its outputs');
  }
}

async function probePlain({ card, files }: ImportedModel, format: 'onnx' | 'tflite', { width, height }: Size): Promise<Result<readonly OutputShape[], ImportFailure>> {
  const code: ImportFailureCode = `${format}-invalid`;
  const [file] = files;
  if (!file) return err('files-missing', `${card.id} has no file`);
  const network = await openPlainNetwork(format, file.bytes);
  if (!network.ok) return err(code, network.failure.detail);
  try {
    const shape = card.input.layout === 'NCHW' ? [1, 3, height, width] : [1, height, width, 3];
    return ok(shapesOf(await network.value.predict(new Float32Array(3 * width * height), shape)));
  } catch (thrown) {
    return err(code, `it fails on an input of ${width}x${height}: ${plainReason(thrown)}`);
  } finally {
    network.value.dispose();
  }
}

async function probeTensors(model: ImportedModel, format: 'tfjs-graph' | 'tfjs-layers', { width, height }: Size): Promise<Result<readonly OutputShape[], ImportFailure>> {
  const loaded = await openRunner(importedSource(model), format);
  if (!loaded.ok) return err('graph-invalid', loaded.failure.detail);
  const runner = loaded.value;
  try {
    return ok(
      await withTensors(async (keep) => {
        const outputs = await runner.run(keep(zeros([1, height, width, 3])), keep);
        return outputs.map(({ name, tensor }) => ({ name, shape: [...tensor.shape] }));
      }),
    );
  } catch (thrown) {
    return err('graph-invalid', `it fails on an input of ${width}x${height}: ${plainReason(thrown)}`);
  } finally {
    runner.dispose();
  }
}

function shapesOf(outputs: readonly OutputShape[]): readonly OutputShape[] {
  return outputs.map(({ name, shape }) => ({ name, shape: [...shape] }));
}
