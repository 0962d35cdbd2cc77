import { initializers } from '@tensorflow/tfjs-layers';
import type { WeightMap } from '../weight-map.ts';

type Initializer = ReturnType<typeof initializers.zeros>;

/**
 * Hands a layer its numbers out of the file where the library would make initial ones: a layer whose options call for
 * more numbers than the file holds is refused before anything is allocated for it.
 */
export class FileWeights {
  readonly #weights: WeightMap;
  readonly #names: ReadonlyMap<string, readonly string[]>;

  constructor(weights: WeightMap) {
    this.#weights = weights;
    const names = new Map<string, string[]>();
    for (const name of weights.leftOver) for (const key of keysOf(name)) names.set(key, [...(names.get(key) ?? []), name]);
    this.#names = names;
  }

  /** @param weights what the layer asks for with this initializer, in the order in which it asks */
  initializer(layer: string, ...weights: readonly string[]): Initializer {
    const asked = weights.values();
    return Object.assign(initializers.zeros(), { apply: (shape: readonly (number | null)[]) => this.#take(layer, asked.next().value ?? 'of that kind', shape) });
  }

  /** Throws Error when the file has no such weight, or one of another shape. */
  #take(layer: string, weight: string, shape: readonly (number | null)[]): ReturnType<WeightMap['take']> {
    const [name, second] = this.#names.get(`${layer}/${weight}`) ?? [];
    if (name === undefined) throw new Error(`no weight ${weight} for the layer ${layer}`);
    const exact = second === undefined ? name : `${layer}/${weight}`;
    const tensor = this.#weights.take(exact);
    const fits = tensor.dtype === 'float32' && tensor.shape.length === shape.length && tensor.shape.every((side, i) => side === shape[i]);
    if (fits) return tensor;
    throw new Error(`weight ${exact} is ${tensor.dtype} [${tensor.shape.join(', ')}], the layer calls for float32 [${shape.join(', ')}]`);
  }
}

/**
 * What a weight may be called by: layer and weight. Keras puts the model's name in front, or the layer's name twice.
 * Example: `model/conv/kernel` is called `conv/kernel` and `model/kernel`.
 */
function keysOf(name: string): ReadonlySet<string> {
  const parts = name.replace(/:0$/, '').split('/');
  const weight = parts.pop() ?? '';
  return new Set([parts.at(-1), parts.at(-2), parts.join('/')].flatMap((layer) => (layer === undefined ? [] : [`${layer}/${weight}`])));
}
