import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { HeadSpec, RawOutput } from '../../src/yolo/index.ts';
import { decodeHead } from '../../src/yolo/index.ts';
import { rowsOf } from './candidate-rows.ts';
import { madeHeads, madeInput, madeNumbers, madeOutputs } from './made-heads.ts';

const sorted = (head: HeadSpec, outputs: readonly RawOutput[], minScore: number): string[] =>
  rowsOf(decodeHead(head, outputs, minScore, madeInput))
    .map(({ box, score, classId }) => [classId, score.toFixed(5), ...box.map((side) => side.toFixed(3))].join(' '))
    .sort();

const sigmoid = (t: number): number => 1 / (1 + Math.exp(-t));

describe('decodeHead', () => {
  it('finds the same in every layout of a grid', () => {
    const [rows, columns, anchors, fields] = [12, 8, 3, 9] as const;
    const next = madeNumbers(11);
    const values = Float32Array.from({ length: rows * columns * anchors * fields }, () => 6 * next() - 3);
    /** Value of a field, whatever the layout: cells by anchors by fields. */
    const at = (cell: number, anchor: number, field: number): number => values[(cell * anchors + anchor) * fields + field]!;
    const cells = rows * columns;
    const layouts = {
      hwc: { shape: [1, rows, columns, anchors * fields], value: (i: number) => values[i]! },
      chw: { shape: [1, anchors * fields, rows, columns], value: (i: number) => at(i % cells, Math.floor(i / cells / fields), Math.floor(i / cells) % fields) },
      ahwf: { shape: [1, anchors, rows, columns, fields], value: (i: number) => at(Math.floor(i / fields) % cells, Math.floor(i / fields / cells), i % fields) },
    };
    const found = Object.entries(layouts).map(([layout, { shape, value }]) => {
      const data = Float32Array.from({ length: values.length }, (_, i) => value(i));
      const scales = [{ output: 'out', stride: 8, anchors: [[10, 13], [16, 30], [33, 23]] as [number, number][] }];
      const head: HeadSpec = { family: 'v5', form: 'grid', layout: layout as 'hwc', logistic: 'needed', classes: 4, scales };
      return sorted(head, [{ name: 'out', shape, data }], 0.6);
    });
    expect(found[0]!.length).toBeGreaterThan(20);
    expect(found[1]).toEqual(found[0]);
    expect(found[2]).toEqual(found[0]);
  });

  it('finds the same in rows and in columns, and with the logistic function here or in the network', () => {
    const [places, fields] = [126, 9] as const;
    const next = madeNumbers(12);
    const values = Float32Array.from({ length: places * fields }, () => 6 * next() - 3);
    const turned = Float32Array.from({ length: values.length }, (_, i) => values[(i % places) * fields + Math.floor(i / places)]!);
    const ended = values.map((value, i) => (i % fields >= 4 ? sigmoid(value) : value));
    const head = (layout: 'rows' | 'columns', logistic: 'applied' | 'needed'): HeadSpec => ({ family: 'yolox', places: { kind: 'list', output: 'out', layout, strides: [8, 16, 32] }, logistic, classes: 4 });
    const rows = sorted(head('rows', 'needed'), [{ name: 'out', shape: [1, places, fields], data: values }], 0.5);
    expect(rows.length).toBeGreaterThan(20);
    expect(sorted(head('columns', 'needed'), [{ name: 'out', shape: [1, fields, places], data: turned }], 0.5)).toEqual(rows);
    expect(sorted(head('rows', 'applied'), [{ name: 'out', shape: [1, places, fields], data: ended }], 0.5)).toEqual(rows);
  });

  it.each(madeHeads)('filters before it decodes as one would after: $name', (made) => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1000 }), fc.double({ min: 0, max: 1, noNaN: true }), (seed, minScore) => {
        const outputs = madeOutputs(made, seed);
        const all = rowsOf(decodeHead(made.head, outputs, 0, madeInput));
        const kept = rowsOf(decodeHead(made.head, outputs, minScore, madeInput));
        // Scores are kept as float32, the comparison is made before that.
        const least = (slack: number): number => all.filter(({ score }) => score >= minScore + slack).length;
        expect(kept.length).toBeLessThanOrEqual(least(-1e-6));
        expect(kept.length).toBeGreaterThanOrEqual(least(1e-6));
        const known = new Set(all.map((row) => JSON.stringify(row)));
        for (const row of kept) expect(known).toContain(JSON.stringify(row));
      }),
      { numRuns: 5 },
    );
  });

  it('throws when an output is shorter than its shape says', () => {
    const made = madeHeads.find(({ name }) => name === 'yolox rows')!;
    const [output] = madeOutputs(made, 1);
    expect(() => decodeHead(made.head, [{ ...output!, data: output!.data.slice(1) }], 0.5, madeInput)).toThrow(/holds 1133 numbers, not 1134/);
  });
});

it('gives a v3 box one label for every class that reaches the score', () => {
  const head: HeadSpec = { family: 'v3', layout: 'hwc', classes: 3, scales: [{ output: 'out', stride: 32, anchors: [[32, 32]], scaleXY: 1 }] };
  const sure = 20;
  const data = new Float32Array([0, 0, 0, 0, sure, Math.log(3), -sure, Math.log(9)]);
  const found = decodeHead(head, [{ name: 'out', shape: [1, 1, 1, 8], data }], 0.5, { width: 32, height: 32 });
  expect(found.count).toBe(2);
  expect([...found.classIds.subarray(0, 2)]).toEqual([0, 2]);
  expect(found.scores[0]).toBeCloseTo(0.75, 6);
  expect(found.scores[1]).toBeCloseTo(0.9, 6);
  expect([...found.boxes.subarray(0, 8)]).toEqual([0, 0, 32, 32, 0, 0, 32, 32]);
});
