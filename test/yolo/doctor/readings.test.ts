import { describe, expect, it } from 'vitest';
import type { Affine, Size } from '../../../src/geometry/index.ts';
import { applyToBox } from '../../../src/geometry/index.ts';
import { customaryOverlap } from '../../../src/yolo/doctor/customary-overlap.ts';
import type { FoundBox, ReadingOutcome } from '../../../src/yolo/doctor/judge-reading.ts';
import { bestReading, mostCounted, plausibilityOf, sensibleShare } from '../../../src/yolo/doctor/judge-reading.ts';
import { readingsOf, withReading } from '../../../src/yolo/doctor/other-readings.ts';
import { examineModel } from '../../../src/yolo/doctor/examine-model.ts';
import type { ModelReport } from '../../../src/yolo/index.ts';
import { headFits, readHead } from '../../../src/yolo/index.ts';
import { madeOnnx } from '../../support/made-onnx.ts';

const size: Size = { width: 200, height: 100 };
/** Mirrored, 0.7 as large. */
const moved: Affine = { a: -0.7, b: 0, c: 0, d: 0.7, e: 170, f: 15 };

const found = (score: number, x1: number, y1: number, x2: number, y2: number, classId = 0): FoundBox => ({ classId, score, boxPx: { x1, y1, x2, y2 } });
const seenAgain = (boxes: readonly FoundBox[]): readonly FoundBox[] => boxes.map((box) => ({ ...box, boxPx: applyToBox(moved, box.boxPx) }));
const judged = (boxes: readonly FoundBox[], again = seenAgain(boxes)): number => plausibilityOf({ found: boxes, again, size, moved });

describe('the plausibility of boxes', () => {
  const two = [found(0.9, 20, 20, 80, 70), found(0.5, 120, 10, 180, 90, 1)];

  it('is the mean score of boxes that are seen again in the moved picture', () => {
    expect(judged(two)).toBeCloseTo(0.7, 9);
    expect(judged(two, seenAgain(two.slice(0, 1)))).toBeCloseTo(0.45, 9);
  });

  it('is 0 for boxes that stay where they are, keep their size or change their class', () => {
    expect(judged(two, two)).toBe(0);
    expect(judged([found(0.9, 20, 20, 80, 70)], [found(0.9, 90, 29, 150, 79)])).toBe(0);
    expect(judged(two, seenAgain(two).map((box) => ({ ...box, classId: 7 })))).toBe(0);
  });

  it('is 0 without boxes, with boxes everywhere, and for what is no box of the picture', () => {
    expect(judged([])).toBe(0);
    expect(judged(Array.from({ length: mostCounted }, () => found(0.9, 20, 20, 80, 70)))).toBe(0);
    for (const senseless of [found(2.5, 20, 20, 80, 70), found(0.9, 20, 20, 21, 21), found(0.9, -5000, -5000, 5000, 5000), found(0.9, 300, 20, 360, 70)]) expect(judged([senseless])).toBe(0);
  });

  it('falls with the share of senseless boxes, and with more than twenty', () => {
    const speck = found(0.9, 20, 20, 20.5, 20.5);
    expect(judged([...two, speck, speck])).toBeCloseTo(0.35, 9);
    expect(sensibleShare([...two, speck, speck], size)).toBe(0.5);
    expect(sensibleShare([], size)).toBe(1);
    expect(judged(Array.from({ length: 40 }, () => found(0.8, 20, 20, 80, 70)))).toBeCloseTo(0.4, 9);
  });
});

describe('the best reading', () => {
  const of = (...plausibilities: readonly number[]): readonly ReadingOutcome[] => plausibilities.map((plausibility) => ({ boxes: 1, plausibility }));

  it('is the likeliest of those that do about as well as the best', () => {
    expect(bestReading(of(0, 0.5, 0.7))).toBe(1);
    expect(bestReading(of(0.1, 0.4, 0.7))).toBe(2);
  });

  it('is none where none gives an answer', () => {
    expect(bestReading([])).toBeNull();
    expect(bestReading(of(0, 0.2))).toBeNull();
  });
});

async function examined(name: string): Promise<ModelReport> {
  const bytes = madeOnnx({ input: [1, 3, 32, 32], output: [1, 6, 4, 4], bias: [0, 0, 0, 0, 0, 0], weights: new Float32Array(6 * 3 * 64) });
  const report = await examineModel([{ name, bytes }], () => Promise.reject(new Error('nothing to probe')));
  if (!report.ok) throw new Error(report.failure.detail);
  return report.value;
}

describe('the readings of a network', () => {
  it('begin with that of its card, are all different, and all fit its outputs', async () => {
    const report = await examined('yolox.onnx');
    const { card } = report.model;
    const readings = readingsOf(report);
    const [first] = readings;
    expect(first).toMatchObject({ head: card.head, colour: card.input.colour, scale: card.input.scale });
    expect(new Set(readings.map((reading) => JSON.stringify(reading))).size).toBe(readings.length);
    for (const { head } of readings) {
      expect(readHead(head).ok).toBe(true);
      expect(headFits(head, report.outputs, { width: 32, height: 32 }).ok).toBe(true);
    }
  });

  it('hold every family that was guessed with its own preparation, finished and raw scores, both orders of colours and both ranges', async () => {
    const report = await examined('yolox.onnx');
    const readings = readingsOf(report);
    expect(new Set(readings.map(({ head }) => head.family))).toEqual(new Set(report.heads.map(({ head }) => head.family)));
    const yolox = readings.filter(({ head }) => head.family === 'yolox');
    expect(new Set(yolox.map(({ head }) => 'logistic' in head && head.logistic))).toEqual(new Set(['needed', 'applied']));
    expect(new Set(yolox.map(({ colour, scale }) => `${colour} ${scale === 1 ? 'byte' : 'unit'}`)).size).toBe(4);
    expect(readings.find(({ head }) => head.family === 'fastestdet')).toMatchObject({ colour: 'bgr', scale: 1 / 255, fit: { kind: 'stretch' } });
  });

  it('change nothing of a card but what they state', async () => {
    const { model } = await examined('yolox.onnx');
    const other = { ...readingsOf(await examined('yolox.onnx'))[1]! };
    const changed = withReading(model.card, other);
    expect(changed).toMatchObject({ id: model.card.id, head: other.head, input: { colour: other.colour, layout: model.card.input.layout, fixedPx: model.card.input.fixedPx } });
  });
});

it('suppresses overlaps as the authors of each family do', () => {
  const places = { kind: 'grids', layout: 'chw', scales: [{ output: 'o', stride: 8 }] } as const;
  expect(customaryOverlap({ family: 'yolox', places: { ...places, scales: [...places.scales] }, logistic: 'needed', classes: 1 })).toBe(0.65);
  expect(customaryOverlap({ family: 'v5', form: 'decoded', output: 'o', layout: 'rows', coordinates: 'px', classes: 1 })).toBe(0.45);
  expect(customaryOverlap({ family: 'v8', form: 'decoded', output: 'o', layout: 'rows', boxes: 'centre', coordinates: 'px', logistic: 'applied', classes: 1 })).toBe(0.7);
  expect(customaryOverlap({ family: 'end2end', form: 'rows', output: 'o', fields: 6, boxAt: 0, scoreAt: 4, classAt: 5, coordinates: 'px' })).toBe(1);
  expect(customaryOverlap(null)).toBe(0.6);
});
