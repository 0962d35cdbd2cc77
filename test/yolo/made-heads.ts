import type { Size } from '../../src/geometry/index.ts';
import type { DenseHead } from '../../src/yolo/decode/dense-plan-of.ts';
import { densePlanOf } from '../../src/yolo/decode/dense-plan-of.ts';
import type { HeadSpec, RawOutput } from '../../src/yolo/index.ts';

/** A small generator of numbers 0..1, the same every time. Ref: Park and Miller, CACM 31(10), "minimal standard". */
export function madeNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
}

export interface MadeHead {
  readonly name: string;
  readonly head: HeadSpec;
  readonly shapes: readonly { readonly name: string; readonly shape: readonly number[] }[];
  /** Range of the made numbers: logits, or 0..1. */
  readonly from: number;
  readonly to: number;
}

export const madeInput: Size = { width: 64, height: 96 };

/** 96 cells of stride 8, 24 of 16 and 6 of 32. */
const cells = 126;
const anchors: [number, number][] = [[10, 13], [16, 30], [33, 23]];
const list = (layout: 'rows' | 'columns') => ({ kind: 'list' as const, output: 'out', layout, strides: [8, 16, 32] });
const out = (...shape: number[]) => [{ name: 'out', shape }];
const three = [8, 16, 32].map((stride) => ({ output: `s${stride}`, stride, anchors }));
const grids = (shapeOf: (rows: number, columns: number) => number[]) => [8, 16, 32].map((stride) => ({ name: `s${stride}`, shape: shapeOf(96 / stride, 64 / stride) }));

/** Every head family in its layouts, for one input size and 4 classes. */
export const madeHeads: readonly MadeHead[] = [
  { name: 'v2 hwc', head: { family: 'v2', stride: 32, outputLayer: 'out', anchors: [[1, 2], [2, 1]] }, shapes: out(1, 3, 2, 18), from: -3, to: 3 },
  { name: 'v2 chw, one class', head: { family: 'v2', stride: 32, outputLayer: 'out', layout: 'chw', anchors: [[1, 2], [2, 1]] }, shapes: out(1, 10, 3, 2), from: -3, to: 3 },
  { name: 'v3 hwc', head: { family: 'v3', layout: 'hwc', classes: 4, scales: three.map((scale) => ({ ...scale, scaleXY: 1.1 })) }, shapes: grids((h, w) => [1, h, w, 27]), from: -3, to: 3 },
  { name: 'v3 chw', head: { family: 'v3', layout: 'chw', classes: 4, scales: three.map((scale) => ({ ...scale, scaleXY: 1 })) }, shapes: grids((h, w) => [1, 27, h, w]), from: -3, to: 3 },
  { name: 'v5 ahwf', head: { family: 'v5', form: 'grid', layout: 'ahwf', logistic: 'needed', classes: 4, scales: three }, shapes: grids((h, w) => [1, 3, h, w, 9]), from: -3, to: 3 },
  { name: 'v5 decoded rows', head: { family: 'v5', form: 'decoded', output: 'out', layout: 'rows', coordinates: 'unit', classes: 4 }, shapes: out(1, 378, 9), from: 0, to: 1 },
  { name: 'v8 list columns', head: { family: 'v8', form: 'grid', places: list('columns'), order: 'boxes-first', bins: 8, pointInCell: 0.5, logistic: 'needed', classes: 4 }, shapes: out(1, 36, cells), from: -4, to: 2 },
  { name: 'nanodet rows', head: { family: 'v8', form: 'grid', places: list('rows'), order: 'classes-first', bins: 8, pointInCell: 0, logistic: 'applied', classes: 4 }, shapes: out(1, cells, 36), from: 0, to: 1 },
  { name: 'v8 decoded columns', head: { family: 'v8', form: 'decoded', output: 'out', layout: 'columns', boxes: 'centre', coordinates: 'unit', logistic: 'applied', classes: 4 }, shapes: out(1, 8, cells), from: 0, to: 1 },
  { name: 'v8 decoded rows, corners', head: { family: 'v8', form: 'decoded', output: 'out', layout: 'rows', boxes: 'corners', coordinates: 'px', logistic: 'needed', classes: 4 }, shapes: out(1, cells, 8), from: -3, to: 3 },
  { name: 'yolox rows', head: { family: 'yolox', places: list('rows'), logistic: 'applied', classes: 4 }, shapes: out(1, cells, 9), from: 0, to: 1 },
  { name: 'yolox chw grids', head: { family: 'yolox', places: { kind: 'grids', layout: 'chw', scales: three.map(({ output, stride }) => ({ output, stride })) }, logistic: 'needed', classes: 4 }, shapes: grids((h, w) => [1, 9, h, w]), from: -3, to: 3 },
  { name: 'fastestdet', head: { family: 'fastestdet', output: 'out', layout: 'chw', stride: 16, objectnessPower: 0.6, classPower: 0.4, classes: 4 }, shapes: out(1, 9, 6, 4), from: 0, to: 1 },
  {
    ...{ name: 'centre', head: { family: 'centre', stride: 4, inputNode: '', scoresNode: 'scores', sizesNode: 'sizes', upsampleNodes: [] } },
    ...{ shapes: [{ name: 'scores', shape: [1, 24, 16, 4] }, { name: 'sizes', shape: [1, 24, 16, 4] }], from: 0, to: 1 },
  },
];

/** The outputs of a made head, filled with seeded numbers of its range. */
export function madeOutputs({ shapes, from, to }: MadeHead, seed: number): readonly RawOutput[] {
  const next = madeNumbers(seed);
  return shapes.map(({ name, shape }) => {
    const size = shape.reduce((product, side) => product * side, 1);
    return { name, shape, data: Float32Array.from({ length: size }, () => from + (to - from) * next()) };
  });
}

/** Scores as trained networks give them: nearly none at nearly every place, and something between at a share of them. */
export function sparseOutputs(made: MadeHead, input: Size, share: number, seed: number): readonly RawOutput[] {
  const next = madeNumbers(seed);
  const between = (low: number, high: number): number => low + (high - low) * next();
  const outputs = madeOutputs(made, seed);
  if (made.head.family === 'centre') {
    for (const [i] of outputs[0]!.data.entries()) outputs[0]!.data[i] = next() < share ? between(0.3, 1) : between(0, 0.01);
    return outputs;
  }
  const plan = densePlanOf(made.head as DenseHead, outputs, input);
  if (!plan.ok) throw new Error(plan.failure.detail);
  const { objectnessAt, classesAt, classes, score: rule } = plan.value;
  const drawn = (form: string, speaks: boolean): number => (form === 'applied' ? (speaks ? between(0.3, 1) : between(0, 0.01)) : speaks ? between(-1, 4) : between(-12, -5));
  for (const { output, layout } of plan.value.outputs) {
    const { data } = outputs.find(({ name }) => name === output)!;
    const { groups, places, fields, fieldsFirst } = layout;
    for (let group = 0; group < groups; group++) {
      for (let place = 0; place < places; place++) {
        const speaks = next() < share;
        const write = (field: number, value: number): void => void (data[group * places * fields + (fieldsFirst ? field * places + place : place * fields + field)] = value);
        if (objectnessAt !== null) write(objectnessAt, drawn(rule.objectness, speaks));
        for (let i = 0; i < classes; i++) write(classesAt + i, drawn(rule.classes, speaks && (share === 1 || next() < 2 / Math.max(4, classes))));
      }
    }
  }
  return outputs;
}
