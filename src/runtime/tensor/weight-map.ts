import type { NamedTensorMap } from '@tensorflow/tfjs-core';
import { dispose, io } from '@tensorflow/tfjs-core';
import type { Result } from '../../base/index.ts';
import { err, ok } from '../../base/index.ts';
import { plainReason } from '../import/plain-reason.ts';
import type { FilesOfCard, ModelFailure, ModelSource } from '../model-source.ts';
import { checkWeightBytes } from '../weight-bytes.ts';

interface ManifestGroup {
  readonly weights: io.WeightsManifestEntry[];
}

/** Named weights that must all be used: a layer that asks for a missing name, or a name left over, is a mismatch. */
export class WeightMap {
  readonly #tensors: NamedTensorMap;
  readonly #unused: Set<string>;

  constructor(tensors: NamedTensorMap) {
    this.#tensors = tensors;
    this.#unused = new Set(Object.keys(tensors));
  }

  /** Throws Error when there is no such weight. */
  take(name: string): NamedTensorMap[string] {
    const tensor = this.#tensors[name];
    if (!tensor) throw new Error(`no weight named ${name}`);
    this.#unused.delete(name);
    return tensor;
  }

  get leftOver(): readonly string[] {
    return [...this.#unused];
  }

  dispose(): void {
    dispose(this.#tensors);
  }
}

/** Reads a weights manifest and its data into tensors; quantised weights come out as float32. The caller disposes. */
export async function loadWeights(source: ModelSource<FilesOfCard>, onBytes?: (count: number) => void): Promise<Result<WeightMap, ModelFailure>> {
  const manifestFile = source.card.files.find((file) => file.role === 'manifest');
  const weightFile = source.card.files.find((file) => file.role === 'weights');
  if (!manifestFile || !weightFile) return err('model-mismatch', `the card of ${source.card.id} lists no manifest or no weights`);
  const [manifest, weights] = await Promise.all([source.read(manifestFile.name, onBytes), source.read(weightFile.name, onBytes)]);
  if (!manifest.ok) return manifest;
  if (!weights.ok) return weights;
  try {
    const groups = JSON.parse(new TextDecoder().decode(manifest.value)) as readonly ManifestGroup[];
    const specs = groups.flatMap((group) => group.weights);
    const checked = checkWeightBytes(specs, weights.value.byteLength, `${source.card.id}/${manifestFile.name}`);
    return checked.ok ? ok(new WeightMap(io.decodeWeights(weights.value.buffer, specs))) : checked;
  } catch (thrown) {
    return err('model-mismatch', `${source.card.id}/${manifestFile.name}: ${plainReason(thrown)}`);
  }
}
