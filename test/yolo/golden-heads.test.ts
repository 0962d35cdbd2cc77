import { describe, expect, it } from 'vitest';
import type { Size } from '../../src/geometry/index.ts';
import type { HeadSpec, RawOutput } from '../../src/yolo/index.ts';
import { decodeHead, headFits, readHead } from '../../src/yolo/index.ts';
import { readGolden } from '../golden/read-golden.ts';
import type { CandidateRow } from './candidate-rows.ts';
import { expectRows, rowsOf } from './candidate-rows.ts';

interface GoldenCase {
  readonly head: unknown;
  readonly input: Size;
  readonly minScore: number;
  readonly outputs: readonly { readonly name: string; readonly shape: readonly number[]; readonly data: readonly number[] }[];
  readonly expected: readonly CandidateRow[];
}

const names = ['v3-grid', 'v5-grid', 'v5-decoded', 'v8-grid', 'v8-decoded', 'v8-grid-split', 'v8-decoded-split', 'nanodet-grid', 'yolox-list', 'fastestdet-grid', 'end2end-rows', 'end2end-split'];

function load(name: string): { head: HeadSpec; outputs: readonly RawOutput[]; golden: GoldenCase } {
  const golden = readGolden(name) as GoldenCase;
  const head = readHead(golden.head);
  if (!head.ok) throw new Error(head.failure.detail);
  return { head: head.value, outputs: golden.outputs.map((output) => ({ ...output, data: new Float32Array(output.data) })), golden };
}

describe.each(names)('%s', (name) => {
  const { head, outputs, golden } = load(name);
  const decode = (minScore: number) => decodeHead(head, outputs, minScore, golden.input);

  it('has the shapes that its head calls for', () => {
    expect(headFits(head, outputs, golden.input)).toEqual({ ok: true, value: null });
  });

  it('gives the boxes that were computed by hand', () => {
    expectRows(decode(golden.minScore), golden.expected);
  });

  it('filters by score: all at 0, none above 1, and fewer are a part of more', () => {
    const counts = [0, 0.25, 0.55, 0.7, 0.85].map((minScore) => decode(minScore).count);
    expect(counts).toEqual([...counts].sort((a, b) => b - a));
    expect(decode(1.01).count).toBe(0);
    for (const { score } of rowsOf(decode(0.55))) expect(score).toBeGreaterThanOrEqual(0.55);
  });

  it('leaves a place of NaN out and the others as they were', () => {
    const poisoned = outputs.map((output) => ({ ...output, data: new Float32Array(output.data.length).fill(NaN) }));
    expect(decodeHead(head, poisoned, 0.1, golden.input).count).toBe(0);
  });

  it('is refused with a reason when an output is missing or has another shape', () => {
    expect(headFits(head, [], golden.input)).toMatchObject({ ok: false, failure: { code: 'head-mismatch' } });
    const twoPictures = outputs.map((output) => ({ ...output, shape: [2, ...output.shape.slice(1)] }));
    const fits = headFits(head, twoPictures, golden.input);
    expect(fits.ok ? '' : fits.failure.detail).toMatch(/^output \w+ is \[.*\], not /);
    expect(() => decodeHead(head, [], 0.5, golden.input)).toThrow(/no output/);
  });
});
