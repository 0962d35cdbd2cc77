import { memory, tensor } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { decodeHead, headFits } from '../../src/yolo/index.ts';
import type { DenseHead } from '../../src/yolo/decode/dense-plan-of.ts';
import { decodeReduced } from '../../src/yolo/decode/decode-reduced.ts';
import { mostReduced, reducedRow } from '../../src/yolo/decode/reduced-rows.ts';
import { readGrids } from '../../src/yolo/tensor/read-grids.ts';
import type { NamedTensor, ReducibleHead } from '../../src/yolo/tensor/reduce-on-device.ts';
import { canReduce, reduceGrid } from '../../src/yolo/tensor/reduce-on-device.ts';
import { expectNoLeak } from '../support/expect-no-leak.ts';
import { useBackend } from '../support/node-backend.ts';
import { rowsOf } from './candidate-rows.ts';
import type { MadeHead } from './made-heads.ts';
import { madeHeads, madeInput, madeOutputs } from './made-heads.ts';
import type { Candidates } from '../../src/geometry/index.ts';
import type { RawOutput } from '../../src/yolo/index.ts';

const upload = (outputs: readonly RawOutput[]): NamedTensor[] => outputs.map(({ name, shape, data }) => ({ name, shape, tensor: tensor(data, [...shape]) }));

/** The lines of a reduction, every tensor of it freed. */
async function reduced(made: MadeHead, outputs: readonly RawOutput[], minScore: number, maxCandidates: number): Promise<Float32Array> {
  return expectNoLeak(async () => {
    const named = upload(outputs);
    const lines = reduceGrid(made.head as ReducibleHead, named, minScore, maxCandidates, madeInput);
    expect(lines.shape).toEqual([maxCandidates + 1, reducedRow.length]);
    try {
      return await lines.data<'float32'>();
    } finally {
      for (const each of [lines, ...named.map((one) => one.tensor)]) each.dispose();
    }
  });
}

/** The same boxes, scores and classes, in the same order, within what 32-bit devices keep. */
function expectSame(found: Candidates, expected: Candidates): void {
  const [a, b] = [rowsOf(found), rowsOf(expected)];
  expect(a.map((row) => row.classId)).toEqual(b.map((row) => row.classId));
  for (const [i, row] of a.entries()) {
    expect(row.score).toBeCloseTo(b[i]!.score, 5);
    for (const [side, value] of row.box.entries()) expect(Math.abs(value - b[i]!.box[side]!)).toBeLessThan(1e-3);
  }
}

describe.each(['cpu', 'wasm'] as const)('reduceGrid on %s', (backend) => {
  beforeAll(async () => {
    await useBackend(backend);
  });

  it.each(madeHeads.filter(({ head }) => canReduce(head)))('gives the boxes of the whole grid: $name', async (made) => {
    expect(headFits(made.head, madeOutputs(made, 1), madeInput).ok).toBe(true);
    for (const [seed, minScore] of [[1, 0.55], [2, 0.7], [3, 0.8]] as const) {
      const outputs = madeOutputs(made, seed);
      const whole = decodeHead(made.head, outputs, minScore, madeInput);
      const lines = await reduced(made, outputs, minScore, 1500);
      expect(lines[reducedRow.passed]).toBe(whole.count);
      expectSame(decodeReduced(made.head as DenseHead, made.shapes, lines, minScore, madeInput), whole);
      if (seed === 1) expect(whole.count).toBeGreaterThan(0);
    }
  });

  it('says how many passed when there is room for fewer, and gives the first of them', async () => {
    const made = madeHeads.find(({ name }) => name === 'v8 decoded columns')!;
    const outputs = madeOutputs(made, 5);
    const whole = decodeHead(made.head, outputs, 0.5, madeInput);
    const lines = await reduced(made, outputs, 0.5, 10);
    expect([lines[reducedRow.passed], lines.length]).toEqual([whole.count, 77]);
    expect(rowsOf(decodeReduced(made.head as DenseHead, made.shapes, lines, 0.5, madeInput)).map(({ classId }) => classId)).toEqual(rowsOf(whole).slice(0, 10).map(({ classId }) => classId));
  });

  it('never hides a label: it says that more pass than it has room for, of places or of labels', async () => {
    const made = madeHeads.find(({ name }) => name === 'v3 hwc')!;
    const outputs = madeOutputs(made, 5);
    const whole = decodeHead(made.head, outputs, 0.7, madeInput);
    const places = new Set(rowsOf(whole).map(({ box }) => box.join())).size;
    expect(whole.count).toBeGreaterThan(places);
    for (const room of [1, places - 1, places, whole.count - 1, whole.count, whole.count + 1]) {
      const passed = (await reduced(made, outputs, 0.7, room))[reducedRow.passed]!;
      if (room < whole.count) expect(passed).toBeGreaterThan(room);
      else expect(passed).toBe(whole.count);
    }
  });

  it('gives nothing when nothing passes', async () => {
    for (const made of madeHeads.filter(({ head }) => canReduce(head))) {
      const lines = await reduced(made, madeOutputs(made, 1), 1.5, 5);
      expect(lines[reducedRow.passed]).toBe(0);
      expect(decodeReduced(made.head as DenseHead, made.shapes, lines, 1.5, madeInput).count).toBe(0);
    }
  });

  it.each([NaN, Infinity, -Infinity])('tells of a %s anywhere in the outputs', async (bad) => {
    const made = madeHeads.find(({ name }) => name === 'v5 ahwf')!;
    const outputs = madeOutputs(made, 1);
    expect((await reduced(made, outputs, 0.5, 5))[reducedRow.finite]).toBe(1);
    outputs[1]!.data[77] = bad;
    expect((await reduced(made, outputs, 0.5, 5))[reducedRow.finite]).toBe(0);
  });
});

describe('readGrids', () => {
  const made = madeHeads.find(({ name }) => name === 'centre')!;
  /** Large enough for a reduction to pay. */
  const large: MadeHead = { ...made, shapes: [{ name: 'scores', shape: [1, 24, 16, 80] }, { name: 'sizes', shape: [1, 24, 16, 4] }] };

  it.each(['cpu', 'wasm'] as const)('gives the same boxes in every way on %s, also when too many pass for a reduction', async (backend) => {
    await useBackend(backend);
    const outputs = madeOutputs(large, 3);
    const before = memory().numTensors;
    const named = upload(outputs);
    const whole = decodeHead(large.head, outputs, 0.9, madeInput);
    expect(decodeHead(large.head, outputs, 0.2, madeInput).count).toBeGreaterThan(1024);
    for (const way of [undefined, 'whole', 'reduced', 'in-place'] as const) {
      for (const lowest of [0.9, 0.2]) {
        const grids = await readGrids(large.head, named, madeInput, lowest, way);
        expect(grids.digest.finite).toBe(true);
        expectSame(grids.decode(0.9), whole);
        expect(() => grids.decode(lowest - 0.1)).toThrow(RangeError);
      }
    }
    for (const { tensor: each } of named) each.dispose();
    expect(memory().numTensors).toBe(before);
  });

  it('keeps what it decoded in place when the heap is used again', async () => {
    await useBackend('wasm');
    const outputs = madeOutputs(large, 3);
    const named = upload(outputs);
    const grids = await readGrids(large.head, named, madeInput, 0.9, 'in-place');
    for (const { tensor: each } of named) each.dispose();
    const others = upload(madeOutputs(large, 4));
    expectSame(grids.decode(0.9), decodeHead(large.head, outputs, 0.9, madeInput));
    for (const { tensor: each } of others) each.dispose();
  });

  it('tells of a NaN in every way', async () => {
    await useBackend('wasm');
    const outputs = madeOutputs(large, 3);
    outputs[0]!.data[99] = NaN;
    const named = upload(outputs);
    for (const way of ['whole', 'reduced', 'in-place'] as const) expect((await readGrids(large.head, named, madeInput, 0.9, way)).digest.finite).toBe(false);
    for (const { tensor: each } of named) each.dispose();
  });

  it('keeps every read-back within 64 KB', () => {
    expect((mostReduced + 1) * reducedRow.length * 4).toBeLessThanOrEqual(65536);
  });
});
