import { describe, expect, it } from 'vitest';
import type { PosePair, PoseSummary, ScoredPose, TruthPose } from '../../src/evaluation/index.ts';
import { cocoSigmas, evaluatePoses, oks, readCocoPoses, readPosePredictions } from '../../src/evaluation/index.ts';
import type { Point } from '../../src/geometry/index.ts';
import { madeScene } from './made-poses.ts';

/** 17 points on a diagonal from (x, y), `stepPx` apart. */
function body(x: number, y: number, stepPx = 6): Point[] {
  return cocoSigmas.map((_, i) => ({ x: x + i * stepPx, y: y + i * stepPx }));
}

function person(points: readonly (Point | null)[], more: Partial<TruthPose> = {}): TruthPose {
  const marked = points.filter((point) => point !== null);
  const xs = marked.map(({ x }) => x);
  const ys = marked.map(({ y }) => y);
  const boxPx = marked.length > 0 ? { x1: Math.min(...xs), y1: Math.min(...ys), x2: Math.max(...xs), y2: Math.max(...ys) } : { x1: 0, y1: 0, x2: 100, y2: 100 };
  return { boxPx, areaPx2: 9216, crowd: false, points, ...more };
}

function pose(pointsPx: readonly Point[], score = 0.9): ScoredPose {
  return { pointsPx, score };
}

function numbers(...images: PosePair[]): PoseSummary {
  return evaluatePoses(images);
}

function expectClose(actual: PoseSummary, expected: Partial<PoseSummary>): void {
  for (const [name, value] of Object.entries(expected)) {
    expect(actual[name as keyof PoseSummary], name).toBeCloseTo(value, 9);
  }
}

/** Each point moved by its own share of the scale: what the similarity calls equally wrong. */
function movedBy(points: readonly Point[], times: number, areaPx2: number): Point[] {
  return points.map(({ x, y }, i) => ({ x: x + times * 2 * (cocoSigmas[i] ?? 0) * Math.sqrt(areaPx2), y }));
}

describe('oks', () => {
  const truth = person(body(10, 10));

  it('is 1 in place, and exp(-1/2) where every point is off by its k times the scale', () => {
    expect(oks(body(10, 10), truth)).toBeCloseTo(1, 12);
    expect(oks(movedBy(body(10, 10), 1, 9216), truth)).toBeCloseTo(Math.exp(-0.5), 12);
    expect(oks(movedBy(body(10, 10), 1, 9216), { ...truth, areaPx2: 4 * 9216 })).toBeCloseTo(Math.exp(-1 / 8), 12);
  });

  it('looks at marked points only', () => {
    const halfMarked = person(body(10, 10).map((point, i) => (i < 8 ? point : null)));
    const found = body(10, 10).map((point, i) => (i < 8 ? point : { x: 9999, y: 9999 }));
    expect(oks(found, halfMarked)).toBeCloseTo(1, 12);
  });

  it('measures against the grown box where nothing is marked', () => {
    const crowd = person(cocoSigmas.map(() => null), { crowd: true, boxPx: { x1: 100, y1: 100, x2: 200, y2: 200 } });
    expect(oks(cocoSigmas.map(() => ({ x: 1, y: 299 })), crowd)).toBe(1);
    const off = cocoSigmas.map((sigma) => ({ x: 300 + 2 * sigma * 96, y: 150 }));
    expect(oks(off, crowd)).toBeCloseTo(Math.exp(-0.5), 12);
  });

  it('is never NaN, and refuses another number of points', () => {
    expect(oks(body(10, 10), person(body(10, 10), { areaPx2: 0 }))).toBe(1);
    expect(oks(body(50, 10), person(body(10, 10), { areaPx2: 0 }))).toBe(0);
    expect(() => oks(body(0, 0).slice(1), truth)).toThrow(RangeError);
  });
});

describe('the ten numbers of COCO for key points', () => {
  it('are 1 for perfect bodies, and -1 for sizes that do not occur', () => {
    // An area of exactly 96x96 is medium and large.
    expectClose(numbers({ truths: [person(body(0, 0))], found: [pose(body(0, 0))] }), { AP: 1, AP50: 1, AP75: 1, APm: 1, APl: 1, AR: 1, ARm: 1, ARl: 1 });
    expectClose(numbers({ truths: [person(body(0, 0), { areaPx2: 2000 })], found: [pose(body(0, 0))] }), { AP: 1, APm: 1, APl: -1, ARl: -1 });
  });

  it('count persons under 32x32 px among all', () => {
    expectClose(numbers({ truths: [person(body(0, 0, 1), { areaPx2: 200 })], found: [pose(body(0, 0, 1))] }), { AP: 1, APm: -1, APl: -1 });
  });

  it('are 0 when nobody was found, -1 when nobody was there', () => {
    expectClose(numbers({ truths: [person(body(0, 0))], found: [] }), { AP: 0, AR: 0 });
    expect(new Set(Object.values(numbers({ truths: [], found: [pose(body(0, 0))] })))).toEqual(new Set([-1]));
  });

  it('count a similarity of 0.607 at 0.50, 0.55 and 0.60', () => {
    expectClose(numbers({ truths: [person(body(0, 0))], found: [pose(movedBy(body(0, 0), 1, 9216))] }), { AP: 0.3, AP50: 1, AP75: 0, AR: 0.3, AR50: 1, AR75: 0 });
  });

  it('ignore what is found in a crowd, again and again', () => {
    const crowd = person(cocoSigmas.map(() => null), { crowd: true, boxPx: { x1: 0, y1: 0, x2: 1000, y2: 1000 } });
    const found = [pose(body(300, 300), 0.99), pose(body(500, 400), 0.98), pose(body(2000, 0), 0.5)];
    expectClose(numbers({ truths: [person(body(2000, 0)), crowd], found }), { AP: 1, AR: 1 });
  });

  it('ignore one body for a person without a marked point, and count the second as a false alarm', () => {
    const unmarked = person(cocoSigmas.map(() => null), { boxPx: { x1: 0, y1: 0, x2: 400, y2: 400 } });
    const known = { truth: person(body(2000, 0)), found: pose(body(2000, 0), 0.5) };
    expectClose(numbers({ truths: [known.truth, unmarked], found: [pose(body(100, 100), 0.99), known.found] }), { AP: 1 });
    expectClose(numbers({ truths: [known.truth, unmarked], found: [pose(body(100, 100), 0.99), pose(body(110, 100), 0.98), known.found] }), { AP: 0.5 });
  });

  it('look at the 20 best bodies of an image', () => {
    const strays = Array.from({ length: 20 }, (_, i) => pose(body(5000 + 500 * i, 0), 0.9));
    const found = pose(body(0, 0), 0.1);
    expectClose(numbers({ truths: [person(body(0, 0))], found: [...strays.slice(1), found] }), { AP: 0.05, AR: 1 });
    expectClose(numbers({ truths: [person(body(0, 0))], found: [...strays, found] }), { AP: 0, AR: 0 });
  });

  it('leave a stray body of another size out of the count of a size', () => {
    // Box of the points 320x320: large, while the person is medium.
    const stray = pose(body(3000, 3000, 20), 0.95);
    expectClose(numbers({ truths: [person(body(0, 0), { areaPx2: 2000 })], found: [stray, pose(body(0, 0))] }), { AP: 0.5, APm: 1 });
  });
});

describe('against the COCO API', () => {
  it('gives its numbers on a made scene of 40 images', () => {
    // What COCOeval of pycocotools 2.0.11 says of this scene, iouType 'keypoints', ids counted from 1.
    expectClose(numbers(...madeScene()), {
      AP: 0.07188628727908283,
      AP50: 0.16429187837242046,
      AP75: 0.058529213029577185,
      APm: 0.09590613316478698,
      APl: 0.06159347604845891,
      AR: 0.33469387755102037,
      AR50: 0.5102040816326531,
      AR75: 0.336734693877551,
      ARm: 0.4,
      ARl: 0.25,
    });
  });
});

const labels = {
  images: [
    { id: 20, file_name: 'b.jpg', width: 640, height: 480 },
    { id: 3, file_name: 'a.jpg', width: 100, height: 200 },
  ],
  annotations: [
    { id: 1, image_id: 3, category_id: 1, bbox: [10, 20, 30, 40], area: 700.5, iscrowd: 0, num_keypoints: 1, keypoints: [11, 22, 2, ...Array<number>(48).fill(0)] },
    { id: 2, image_id: 3, category_id: 1, bbox: [0, 0, 10, 10], iscrowd: 1, keypoints: Array<number>(51).fill(0) },
  ],
};

function withChange(change: (copy: typeof labels) => void): string {
  const copy = structuredClone(labels);
  change(copy);
  return JSON.stringify(copy);
}

describe('readCocoPoses', () => {
  it('reads images by id, marked points, areas and crowds', () => {
    const nothing = Array<null>(16).fill(null);
    expect(readCocoPoses(JSON.stringify(labels))).toEqual({
      ok: true,
      value: [
        {
          file: 'a.jpg',
          size: { width: 100, height: 200 },
          truths: [
            { boxPx: { x1: 10, y1: 20, x2: 40, y2: 60 }, areaPx2: 700.5, crowd: false, points: [{ x: 11, y: 22 }, ...nothing] },
            { boxPx: { x1: 0, y1: 0, x2: 10, y2: 10 }, areaPx2: 100, crowd: true, points: [null, ...nothing] },
          ],
        },
        { file: 'b.jpg', size: { width: 640, height: 480 }, truths: [] },
      ],
    });
  });

  it.each([
    ['16 points', withChange((c) => c.annotations[0]?.keypoints.splice(0, 3)), 'wrong-format', 'annotations.0.keypoints'],
    ['boxes without points', withChange((c) => Reflect.deleteProperty(c.annotations[1] ?? {}, 'keypoints')), 'wrong-format', 'annotations.1.keypoints'],
    ['a place that is no number', withChange((c) => Object.assign(c.annotations[0]?.keypoints ?? [], { 4: null })), 'wrong-format', 'annotations.0.keypoints.4'],
    ['an unknown image', withChange((c) => Object.assign(c.annotations[1] ?? {}, { image_id: 5 })), 'inconsistent-labels', 'annotations.1.image_id: no such id: 5'],
    ['two images of one id', withChange((c) => Object.assign(c.images[1] ?? {}, { id: 20 })), 'inconsistent-labels', 'images.1.id: 20 is used twice'],
  ])('refuses %s', (_, text, code, detail) => {
    expect(readCocoPoses(text)).toMatchObject({ ok: false, failure: { code, detail: expect.stringContaining(detail) as string } });
  });
});

describe('readPosePredictions', () => {
  const points = Array.from({ length: 17 }, (_, i) => [i, 2 * i, 0.5]);
  const file = { task: 'pose', images: [{ file: 'a.jpg', poses: [{ score: 0.75, box: [0, 0, 1, 1], points }] }] };

  it('reads what predict writes', () => {
    expect(readPosePredictions(JSON.stringify(file))).toEqual({ ok: true, value: [{ file: 'a.jpg', found: [{ score: 0.75, pointsPx: points.map(([x, y]) => ({ x, y })) }] }] });
  });

  it('refuses another task and another number of points', () => {
    expect(readPosePredictions(JSON.stringify({ ...file, task: 'objects' }))).toMatchObject({ ok: false, failure: { code: 'wrong-format' } });
    const short = { ...file, images: [{ file: 'a.jpg', poses: [{ score: 1, points: points.slice(1) }] }] };
    expect(readPosePredictions(JSON.stringify(short))).toMatchObject({ failure: { detail: expect.stringContaining('images.0.poses.0.points') as string } });
  });
});
