import type { Tensor } from '@tensorflow/tfjs-core';
import type { Size } from '../../geometry/index.ts';
import { allFinite } from '../../runtime/index.ts';
import { withTensors } from '../../runtime/tf.ts';
import { decodeHead } from '../decode/decode-head.ts';
import { decodeReduced } from '../decode/decode-reduced.ts';
import { reducedRow } from '../decode/reduced-rows.ts';
import type { HeadSpec } from '../heads/read-head.ts';
import type { Grids } from './grid-network.ts';
import type { NamedTensor } from './reduce-on-device.ts';
import { reduceGrid } from './reduce-on-device.ts';

export interface Reduction {
  /** Lowest score that will be asked for: the grids cannot be decoded with a lower one. */
  readonly minScore: number;
  /** Most candidates to read; with more of them than that the whole grids are read after all. */
  readonly maxCandidates: number;
}

/** Outputs of fewer numbers are read as they are: the steps of a reduction would cost more than they save. */
const smallNumbers = 16 * 1024;
/** Place numbers travel as float32, which counts exactly up to here. */
const mostNumbers = 2 ** 24;

/**
 * Reads a network's outputs back for decoding: whole, or reduced on the device when a reduction is given and it pays.
 * The tensors stay the caller's.
 *
 * @param reduction null on backends whose tensors are in memory already
 */
export async function readGrids(head: HeadSpec, outputs: readonly { readonly name: string; readonly tensor: Tensor }[], input: Size, reduction: Reduction | null): Promise<Grids> {
  const named = outputs.map(({ name, tensor }): NamedTensor => ({ name, tensor, shape: tensor.shape }));
  const numbers = named.reduce((sum, { tensor }) => sum + tensor.size, 0);
  if (reduction && head.family !== 'end2end' && numbers > smallNumbers && numbers <= mostNumbers) {
    const lines = await withTensors((keep) => keep(reduceGrid(head, named, reduction.minScore, reduction.maxCandidates, input)).data<'float32'>());
    if ((lines[reducedRow.passed] as number) <= reduction.maxCandidates) {
      const shapes = named.map(({ name, shape }) => ({ name, shape }));
      return {
        finite: lines[reducedRow.finite] === 1,
        decode(minScore) {
          if (minScore < reduction.minScore) throw new RangeError(`the grids were read for scores from ${reduction.minScore}, not ${minScore}`);
          return decodeReduced(head, shapes, lines, minScore, input);
        },
      };
    }
  }
  const raw = await Promise.all(named.map(async ({ name, shape, tensor }) => ({ name, shape, data: await tensor.data<'float32'>() })));
  return { finite: raw.every(({ data }) => allFinite(data)), decode: (minScore) => decodeHead(head, raw, minScore, input) };
}
