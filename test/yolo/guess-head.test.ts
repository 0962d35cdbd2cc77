import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { HeadGuess, HeadHints, OutputShape } from '../../src/yolo/index.ts';
import { guessHead, headFits, readHead } from '../../src/yolo/index.ts';

const square = (side: number) => ({ width: side, height: side });
const out = (...shape: number[]): OutputShape => ({ name: 'out', shape });
const grids = (...shapes: number[][]): OutputShape[] => shapes.map((shape, i) => ({ name: `grid${i}`, shape }));

/** What the first guess comes to, in short. */
function short({ head }: HeadGuess): string {
  const form = 'form' in head ? head.form : '';
  const layout = 'layout' in head ? head.layout : '';
  const coordinates = 'coordinates' in head ? head.coordinates : '';
  const classes = 'classes' in head ? head.classes : '';
  return [head.family, form, layout, coordinates, classes].filter((part) => part !== '').join(' ');
}

describe('guessHead', () => {
  it.each<[string, OutputShape[], number, HeadHints, string]>([
    ['YOLOv8 in ONNX', [out(1, 84, 8400)], 640, { format: 'onnx' }, 'v8 decoded columns px 80'],
    ['YOLOv8 in TensorFlow.js with 7 classes', [out(1, 11, 8400)], 640, { format: 'tfjs' }, 'v8 decoded columns unit 7'],
    ['YOLOv8 in tflite', [out(1, 84, 8400)], 640, { format: 'tflite' }, 'v8 decoded columns unit 80'],
    ['raw YOLOv8, by its count of classes', [out(1, 144, 8400)], 640, { classes: 80 }, 'v8 grid 80'],
    ['raw YOLOv8 in grids', grids([1, 80, 80, 144], [1, 40, 40, 144], [1, 20, 20, 144]), 640, {}, 'v8 grid 80'],
    ['YOLOv8 with boxes and classes apart', grids([1, 4, 8400], [1, 80, 8400]), 640, { format: 'onnx' }, 'v8 decoded columns px 80'],
    ['the same turned, classes first', grids([1, 8400, 7], [1, 8400, 4]), 640, { format: 'onnx' }, 'v8 decoded rows px 7'],
    ['raw YOLOv8 with two grids for each stride', [80, 40, 20].flatMap((side) => grids([1, 64, side, side], [1, 80, side, side])).map((each, i) => ({ ...each, name: `grid${i}` })), 640, {}, 'v8 grid 80'],
    ['YOLOv5 in ONNX', [out(1, 25200, 85)], 640, { format: 'onnx' }, 'v5 decoded rows px 80'],
    ['YOLOv5 in tflite', [out(1, 25200, 85)], 640, { format: 'tflite' }, 'v5 decoded rows unit 80'],
    ['YOLOv5 raw', grids([1, 3, 80, 80, 85], [1, 3, 40, 40, 85], [1, 3, 20, 20, 85]), 640, {}, 'v5 grid ahwf 80'],
    ['YOLOv3 in darknet', grids([1, 13, 13, 255], [1, 26, 26, 255], [1, 52, 52, 255]), 416, {}, 'v3 hwc 80'],
    ['YOLOv3-tiny in ONNX', grids([1, 255, 13, 13], [1, 255, 26, 26]), 416, {}, 'v3 chw 80'],
    ['YOLOX-Nano', [out(1, 3549, 85)], 416, { format: 'onnx' }, 'yolox 80'],
    ['YOLOX with 3 classes, by name', [out(1, 8400, 8)], 640, { producer: 'yolox_s.onnx' }, 'yolox 3'],
    ['NanoDet-Plus', [out(1, 3598, 112)], 416, {}, 'v8 grid 80'],
    ['FastestDet', [out(1, 85, 22, 22)], 352, {}, 'fastestdet chw 80'],
    ['tiny YOLOv2 in ONNX', [out(1, 125, 13, 13)], 416, {}, 'v2 chw'],
    ['YOLOv10', [out(1, 300, 6)], 640, { format: 'onnx' }, 'end2end rows px'],
    ['YOLOv7 with NMS', [out(100, 7)], 640, {}, 'end2end rows px'],
    ['a combined NMS', grids([1, 100, 4], [1, 100], [1, 100], [1]), 640, {}, 'end2end split unit'],
    ['CenterNet', grids([1, 128, 96, 80], [1, 128, 96, 4]), 384, {}, 'centre'],
  ])('takes %s for what it is', (_, outputs, side, hints, expected) => {
    const input = expected === 'centre' ? { width: 384, height: 512 } : square(side);
    const guesses = guessHead(outputs, input, hints);
    expect(guesses.map(short)[0]).toBe(expected);
  });

  it('pairs the grids of boxes and classes by their stride', () => {
    const outputs = [80, 40, 20].flatMap((side) => [
      { name: `c${side}`, shape: [1, side, side, 80] },
      { name: `b${side}`, shape: [1, side, side, 64] },
    ]);
    const [guess] = guessHead(outputs, square(640), {});
    expect(guess?.head).toMatchObject({ scoresOutputs: ['c80', 'c40', 'c20'], places: { scales: [{ output: 'b80', stride: 8 }, { output: 'b40', stride: 16 }, { output: 'b20', stride: 32 }] } });
  });

  it('gives more than one guess where shapes cannot tell, and says what it assumed', () => {
    const guesses = guessHead([out(1, 84, 8400)], square(640));
    expect(guesses.map(short)).toEqual(expect.arrayContaining(['v8 decoded columns px 80', 'v8 decoded columns unit 80', 'v8 grid 20', 'v5 decoded columns px 79']));
    for (const guess of guesses) expect(guess.assumed.length).toBeGreaterThan(0);
    expect(guesses[0]!.assumed).toContain('coordinates');
  });

  it('takes the class names for certain: the count is no assumption then', () => {
    const [first] = guessHead([out(1, 8400, 85)], square(640), { classes: 81 });
    expect([short(first!), first!.assumed.includes('classes')]).toEqual(['v8 decoded rows px 81', false]);
  });

  it('has no guess for a classifier, nor for nothing', () => {
    expect(guessHead([out(1, 1000)], square(224))).toEqual([]);
    expect(guessHead([], square(640))).toEqual([]);
  });

  it('gives heads that can be read and that fit, whatever the shapes', () => {
    const side = fc.oneof(fc.integer({ min: 0, max: 300 }), fc.constantFrom(4, 6, 84, 85, 255, 8400, 25200, 3549));
    const shape = fc.array(side, { maxLength: 5 });
    const shapes = fc.array(shape, { maxLength: 4 }).map((list) => list.map((each, i) => ({ name: `o${i}`, shape: [1, ...each] })));
    fc.assert(
      fc.property(shapes, fc.constantFrom(320, 416, 640), (outputs, px) => {
        for (const { head } of guessHead(outputs, square(px))) {
          expect(readHead(head).ok).toBe(true);
          expect(headFits(head, outputs, square(px)).ok).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
  });
});
