import type { Scalar, Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import { abs, add, matMul, mul, square, sub, sum, tensor1d, tensor2d, tidy, train, variable } from '@tensorflow/tfjs-core';
import { withTensors } from '../../../runtime/tf.ts';
import type { Comparer } from '../../train/comparer.ts';
import type { LabelledDescriptor } from '../../train/labelled-descriptor.ts';
import { labelledPairs, shuffled } from '../../train/labelled-descriptor.ts';
import { semiHardTriplets } from '../../train/semi-hard-triplets.ts';
import { pairLoss } from './pair-loss.ts';
import { tripletLoss } from './triplet-loss.ts';

export interface LearnOptions {
  readonly steps: number;
  readonly rate: number;
  /** Shots of one step. */
  readonly batch: number;
  /** Pull towards the plain distance: weight of the square of what is learnt on top. */
  readonly decay: number;
}

export const projectionRecipe: LearnOptions = { steps: 50, rate: 0.02, batch: 48, decay: 0.02 };
export const logisticRecipe: LearnOptions = { steps: 80, rate: 0.08, batch: 512, decay: 0.01 };

/**
 * A linear map that brings shots of one person together, by the triplet loss with semi-hard mining; one network, the
 * frozen one, for all three shots. It starts as the plain distance and is pulled back to it.
 */
export async function learnProjection(shots: readonly LabelledDescriptor[], random: () => number, options: LearnOptions = projectionRecipe): Promise<Comparer> {
  const length = shots[0]?.values.length ?? 0;
  return withTensors(async (keep) => {
    const start = keep(tensor2d(Float32Array.from({ length: length * length }, (_, i) => (i % (length + 1) === 0 ? 1 : 0)), [length, length]));
    const matrix = keep(variable<Tensor2D['rankType']>(start));
    const optimizer = train.adam(options.rate);
    try {
      for (let step = 0; step < options.steps; step++) {
        const batch = batchOf(shots, options.batch, random);
        await withTensors(async (keepStep) => {
          const values = keepStep(tensor2d(joined(batch), [batch.length, length]));
          const embedded = await keepStep(matMul(values, matrix)).data<'float32'>();
          const squareOf = squaresOf(embedded, batch.length, length);
          const margin = 0.3 * meanSquare(batch, squareOf);
          const triplets = semiHardTriplets(batch.map(({ personId }) => personId), squareOf, margin);
          // All is learnt for now.
          if (triplets.length === 0) return;
          const toOwn = keepStep(rowsOf(batch, triplets.map(({ anchor, positive }) => [anchor, positive])));
          const toOther = keepStep(rowsOf(batch, triplets.map(({ anchor, negative }) => [anchor, negative])));
          optimizer.minimize(() => tidy(() => add<Scalar>(tripletLoss(matMul(toOwn, matrix), matMul(toOther, matrix), margin), mul(options.decay, sum(square(sub(matrix, start)))))), false, [matrix]);
        });
      }
      return { kind: 'projection', length, width: length, matrix: Float32Array.from(await matrix.data<'float32'>()) };
    } finally {
      optimizer.dispose();
    }
  });
}

/** The logistic of the absolute difference: one weight for each number, by binary cross entropy on pairs. */
export async function learnLogistic(shots: readonly LabelledDescriptor[], random: () => number, options: LearnOptions = logisticRecipe): Promise<Comparer> {
  const length = shots[0]?.values.length ?? 0;
  const pairs = shuffled(labelledPairs(shots, 3, random), random).slice(0, options.batch);
  return withTensors(async (keep) => {
    const weights = keep(variable<Tensor1D['rankType']>(keep(tensor1d(Float32Array.from({ length: length + 1 }, (_, i) => (i < length ? 1 : 0))))));
    const differences = keep(abs(keep(rowsOf(shots, pairs.map(({ a, b }) => [a, b])))));
    const isOther = keep(tensor1d(pairs.map(({ isSame }) => (isSame ? 0 : 1)), 'float32'));
    const optimizer = train.adam(options.rate);
    try {
      const ones = keep(tensor1d(new Float32Array(length + 1).fill(1)));
      for (let step = 0; step < options.steps; step++) {
        optimizer.minimize(() => tidy(() => add<Scalar>(pairLoss(weights, differences, isOther), mul(options.decay / length, sum(square(sub(weights, ones)))))), false, [weights]);
      }
      const learnt = await weights.data<'float32'>();
      return { kind: 'logistic', weights: Float32Array.from(learnt.subarray(0, length)), bias: learnt[length] as number };
    } finally {
      optimizer.dispose();
    }
  });
}

/** All shots, or as many drawn ones: whole people, so that there are pairs. */
function batchOf(shots: readonly LabelledDescriptor[], size: number, random: () => number): readonly LabelledDescriptor[] {
  if (shots.length <= size) return shots;
  const people = shuffled([...new Set(shots.map(({ personId }) => personId))], random);
  const batch: LabelledDescriptor[] = [];
  for (const person of people) {
    if (batch.length >= size) break;
    batch.push(...shuffled(shots.filter(({ personId }) => personId === person), random).slice(0, 6));
  }
  return batch.slice(0, size);
}

function joined(shots: readonly LabelledDescriptor[]): Float32Array {
  const length = shots[0]?.values.length ?? 0;
  const out = new Float32Array(shots.length * length);
  for (const [i, { values }] of shots.entries()) out.set(values, i * length);
  return out;
}

/** One shot less another one, row by row. */
function rowsOf(shots: readonly LabelledDescriptor[], pairs: readonly (readonly [number, number])[]): Tensor2D {
  const length = shots[0]?.values.length ?? 0;
  const out = new Float32Array(pairs.length * length);
  for (const [i, [a, b]] of pairs.entries()) {
    const [one, other] = [shots[a], shots[b]];
    for (let j = 0; j < length; j++) out[i * length + j] = (one?.values[j] ?? 0) - (other?.values[j] ?? 0);
  }
  return tensor2d(out, [pairs.length, length]);
}

/** Squares of all distances of a batch, looked up. */
function squaresOf(embedded: Float32Array, count: number, length: number): (a: number, b: number) => number {
  const squares = new Float64Array(count * count);
  for (let a = 0; a < count; a++) {
    for (let b = 0; b < a; b++) {
      let total = 0;
      for (let j = 0; j < length; j++) total += ((embedded[a * length + j] as number) - (embedded[b * length + j] as number)) ** 2;
      squares[a * count + b] = total;
      squares[b * count + a] = total;
    }
  }
  return (a, b) => squares[a * count + b] as number;
}

/** Of shots of different people: the margin is a share of it, whatever unit the numbers have. */
function meanSquare(batch: readonly LabelledDescriptor[], squareOf: (a: number, b: number) => number): number {
  let [total, count] = [0, 0];
  for (let a = 0; a < batch.length; a++) {
    for (let b = 0; b < a; b++) {
      if (batch[a]?.personId === batch[b]?.personId) continue;
      total += squareOf(a, b);
      count++;
    }
  }
  return count === 0 ? 0 : total / count;
}
