import type { Tensor } from '@tensorflow/tfjs-core';
import { getBackend } from '@tensorflow/tfjs-core';
import type { Candidates, Size } from '../../geometry/index.ts';
import type { OutputDigest } from '../../runtime/index.ts';
import { digestOf } from '../../runtime/index.ts';
import { withTensors } from '../../runtime/tf.ts';
import { atLeast } from '../decode/at-least.ts';
import { decodeHead } from '../decode/decode-head.ts';
import { decodeReduced } from '../decode/decode-reduced.ts';
import type { RawOutput } from '../decode/raw-output.ts';
import { mostReduced, reducedRow } from '../decode/reduced-rows.ts';
import type { HeadSpec } from '../heads/read-head.ts';
import type { Grids } from './grid-network.ts';
import { heapView } from './heap-view.ts';
import { keepsFloats } from './keeps-floats.ts';
import type { NamedTensor } from './reduce-on-device.ts';
import { canReduce, reduceGrid } from './reduce-on-device.ts';

/** How outputs come to the decoder. */
export type ReadWay =
  /** Reduced on the device before the one read-back, which is 64 KB at most. */
  | 'reduced'
  /** Decoded where they lie, on the heap of the wasm backend. */
  | 'in-place'
  /** Copied. */
  | 'whole';

/** Outputs of fewer numbers are read as they are: the steps of a reduction would cost more than they save. */
const smallNumbers = 16 * 1024;
/** Place numbers travel as float32, which counts exactly up to here. */
const mostNumbers = 2 ** 24;
/** Candidates to read of a reduced grid; with more of them than that the whole grids are read after all. */
const maxCandidates = Math.min(1024, mostReduced);

/**
 * Reads a network's outputs back for decoding at scores from `minScore` up; `decode` throws RangeError for a lower one.
 * The tensors stay the caller's. Every way gives the same boxes.
 *
 * @param minScore undefined when any score may be asked for: the outputs are copied whole then
 * @param way the cheapest for the backend in use when it is left out
 */
export async function readGrids(head: HeadSpec, outputs: readonly { readonly name: string; readonly tensor: Tensor }[], input: Size, minScore: number | undefined, way = cheapestWay()): Promise<Grids> {
  const named = outputs.map(({ name, tensor }): NamedTensor => ({ name, tensor, shape: tensor.shape }));
  const early = minScore === undefined ? null : await readEarly(way, head, named, input, minScore);
  if (early) return early;
  const raw = await Promise.all(named.map(async ({ name, shape, tensor }) => ({ name, shape, data: await tensor.data<'float32'>() })));
  return gridsOf(digestOf(raw.map(({ data }) => data)), minScore ?? -Infinity, (score) => decodeHead(head, raw, score, input));
}

function readEarly(way: ReadWay, head: HeadSpec, outputs: readonly NamedTensor[], input: Size, minScore: number): Grids | null | Promise<Grids | null> {
  switch (way) {
    case 'reduced':
      return readReduced(head, outputs, input, minScore);
    case 'in-place':
      return readInPlace(head, outputs, input, minScore);
    case 'whole':
      return null;
  }
}

function cheapestWay(): ReadWay {
  const backend = getBackend();
  return backend === 'webgl' ? 'reduced' : backend === 'wasm' ? 'in-place' : 'whole';
}

/** Null when a reduction does not pay, would not count exactly, or has no room for all that pass. */
async function readReduced(head: HeadSpec, outputs: readonly NamedTensor[], input: Size, minScore: number): Promise<Grids | null> {
  const numbers = outputs.reduce((sum, { tensor }) => sum + tensor.size, 0);
  if (!canReduce(head) || !keepsFloats() || numbers <= smallNumbers || numbers > mostNumbers) return null;
  const lines = await withTensors((keep) => keep(reduceGrid(head, outputs, minScore, maxCandidates, input)).data<'float32'>());
  if ((lines[reducedRow.passed] as number) > maxCandidates) return null;
  const shapes = outputs.map(({ name, shape }) => ({ name, shape }));
  const digest = digestOf([lines]);
  return gridsOf({ ...digest, finite: lines[reducedRow.finite] === 1 }, minScore, (score) => decodeReduced(head, shapes, lines, score, input));
}

/** Null when the outputs do not lie on the heap. */
function readInPlace(head: HeadSpec, outputs: readonly NamedTensor[], input: Size, minScore: number): Grids | null {
  const raw: RawOutput[] = [];
  for (const { name, shape, tensor } of outputs) {
    const data = heapView(tensor);
    if (!data) return null;
    raw.push({ name, shape, data });
  }
  const digest = digestOf(raw.map(({ data }) => data));
  const candidates = decodeHead(head, raw, minScore, input);
  return gridsOf(digest, minScore, (score) => (score === minScore ? candidates : atLeast(candidates, score)));
}

function gridsOf(digest: OutputDigest, lowest: number, decode: (minScore: number) => Candidates): Grids {
  return {
    digest,
    decode(minScore) {
      if (minScore < lowest) throw new RangeError(`the grids were read for scores from ${lowest}, not ${minScore}`);
      return decode(minScore);
    },
  };
}
