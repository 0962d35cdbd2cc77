import type { layers, SymbolicTensor } from '@tensorflow/tfjs-layers';
import { input as inputOf, model as modelOf } from '@tensorflow/tfjs-layers';
import type { Tensor, Tensor4D } from '@tensorflow/tfjs-core';
import type { Size } from '../../../geometry/index.ts';
import type { CallRef, LayersPlan } from '../../import/layers/layers-plan.ts';
import { outputName } from '../../import/layers/layers-plan.ts';
import type { WeightMap } from '../weight-map.ts';
import { FileWeights } from './file-weights.ts';
import { makeLayer } from './make-layer.ts';

type Shape = SymbolicTensor['shape'];

/** A network of layers that can be run. It owns its weights until `dispose`. */
export interface LayersModel {
  /** In the order of what `execute` gives. */
  readonly outputNames: readonly string[];
  /** The outputs are the caller's to dispose, the input stays the caller's. */
  execute(input: Tensor4D): Tensor[];
  dispose(): void;
}

/** Numbers that one output of a layer, and all of them together, may have: 256 MiB and 1 GiB as float32. */
const mostNumbers = 2 ** 26;
const mostNumbersInAll = 2 ** 28;

/**
 * Builds a network out of its plan. Every weight of the file must be used, by a layer that calls for its very shape; sizes
 * between the layers are worked out and bounded before anything is run.
 *
 * @param weights taken over as far as they are used; the caller disposes the rest
 * @param size of the picture for which the bounds hold
 * @throws Error with the layer and the reason
 */
export function buildLayers(plan: LayersPlan, weights: WeightMap, size: Size): LayersModel {
  if (plan.inputs.length !== 1) throw new Error(`the network has ${plan.inputs.length} inputs, not one`);
  const fileWeights = new FileWeights(weights);
  const made: layers.Layer[] = [];
  const tensors = new Map<string, SymbolicTensor>();
  const shapes = new Map<string, Shape>();
  try {
    // The library keeps names in tables of its own: it gets none out of the file.
    const inputs = plan.inputs.map(({ name, shape }, i) => {
      const tensor = inputOf({ name: `input${i}`, batchShape: [null, ...shape.slice(1)] });
      tensors.set(name, tensor);
      shapes.set(name, [1, ...shape.slice(1).map((side, axis) => side ?? (axis === 0 ? size.height : size.width))]);
      return tensor;
    });
    let numbers = 0;
    for (const [i, { name, layer: known, calls }] of plan.layers.entries()) {
      const layer = makeLayer(known, `layer${i}`, fileWeights);
      made.push(layer);
      for (const [call, given] of calls.entries()) {
        const output = outputName({ layer: name, call });
        const shape = onlyOne(told(name, () => layer.computeOutputShape(oneOrMany(given.map((ref) => named(shapes, ref))))));
        numbers += bounded(shape, name);
        if (numbers > mostNumbersInAll) throw new Error(`what the layers give has more than ${mostNumbersInAll} numbers`);
        shapes.set(output, shape);
        tensors.set(output, told(name, () => layer.apply(oneOrMany(given.map((ref) => named(tensors, ref))))) as SymbolicTensor);
      }
    }
    if (weights.leftOver.length > 0) throw new Error(`weights that no layer has: ${weights.leftOver.slice(0, 5).join(', ')}`);
    const model = modelOf({ inputs, outputs: plan.outputs.map((ref) => named(tensors, ref)), name: 'network' });
    return {
      outputNames: plan.outputs.map(outputName),
      execute: (input) => [model.call(input, {})].flat(),
      dispose: () => void model.dispose(),
    };
  } catch (thrown) {
    for (const layer of made) for (const weight of layer.weights) weight.dispose();
    throw thrown;
  }
}

/** The library names its own layers in what it throws: the file's name goes in front. */
function told<T>(layer: string, work: () => T): T {
  try {
    return work();
  } catch (thrown) {
    throw new Error(`the layer ${layer}: ${thrown instanceof Error ? thrown.message : String(thrown)}`, { cause: thrown });
  }
}

function named<T>(all: ReadonlyMap<string, T>, ref: CallRef): T {
  const found = all.get(outputName(ref));
  if (found === undefined) throw new Error(`${outputName(ref)} is not there`);
  return found;
}

function oneOrMany<T>(values: T[]): T | T[] {
  const [first, ...others] = values;
  return first !== undefined && others.length === 0 ? first : values;
}

function onlyOne(shape: Shape | Shape[]): Shape {
  return Array.isArray(shape[0]) ? shape[0] : (shape as Shape);
}

/** How many numbers a shape has. Throws Error for too many, or for a side that is none. */
function bounded(shape: Shape, layer: string): number {
  const count = shape.reduce<number>((product, side) => product * (side ?? NaN), 1);
  const isShape = shape.every((side) => side !== null && Number.isInteger(side) && side > 0);
  if (isShape && count <= mostNumbers) return count;
  throw new Error(`the layer ${layer} would give [${shape.map((side) => side ?? '?').join(', ')}]`);
}
