import { describe, expect, it } from 'vitest';
import { pairByFile, readCoco, readPredictions, readYoloTxt } from '../../src/evaluation/index.ts';
import { found, truth } from './boxes.ts';

const labels = {
  images: [
    { id: 20, file_name: 'b.jpg', width: 640, height: 480 },
    { id: 3, file_name: 'a.jpg', width: 100, height: 200 },
  ],
  annotations: [
    { id: 1, image_id: 3, category_id: 90, bbox: [10, 20, 30, 40], area: 700.5, iscrowd: 0 },
    { id: 2, image_id: 3, category_id: 1, bbox: [0, 0, 10, 10], iscrowd: 1, segmentation: { counts: [], size: [1, 1] } },
  ],
  categories: [{ id: 90, name: 'toothbrush' }, { id: 1, name: 'person' }],
};

function withChange(change: (copy: typeof labels) => unknown): string {
  const copy = structuredClone(labels);
  change(copy);
  return JSON.stringify(copy);
}

describe('readCoco', () => {
  it('maps category ids in ascending order and sorts images by id', () => {
    const read = readCoco(JSON.stringify(labels));
    expect(read).toEqual({
      ok: true,
      value: {
        classNames: ['person', 'toothbrush'],
        images: [
          {
            file: 'a.jpg',
            size: { width: 100, height: 200 },
            truths: [truth([10, 20, 30, 40], { classId: 1, areaPx2: 700.5 }), truth([0, 0, 10, 10], { crowd: true })],
          },
          { file: 'b.jpg', size: { width: 640, height: 480 }, truths: [] },
        ],
      },
    });
  });

  it.each([
    ['a text that is not JSON', '{"images": [', 'not-json', 'labels: SyntaxError'],
    ['a list where an object belongs', '[]', 'wrong-format', 'labels'],
    ['no categories', withChange((c) => Reflect.deleteProperty(c, 'categories')), 'wrong-format', 'categories'],
    ['a box of three numbers', withChange((c) => c.annotations[0]?.bbox.pop()), 'wrong-format', 'annotations.0.bbox'],
    ['a box of negative width', withChange((c) => c.annotations[1]?.bbox.splice(2, 1, -5)), 'wrong-format', 'annotations.1.bbox.2'],
    ['a box with null', JSON.stringify(labels).replace('[10,20', '[null,20'), 'wrong-format', 'annotations.0.bbox.0'],
    ['an image of no width', withChange((c) => Object.assign(c.images[1] ?? {}, { width: 0 })), 'wrong-format', 'images.1.width'],
    ['an unknown category', withChange((c) => Object.assign(c.annotations[0] ?? {}, { category_id: 4 })), 'inconsistent-labels', 'annotations.0.category_id: no such id: 4'],
    ['an unknown image', withChange((c) => Object.assign(c.annotations[1] ?? {}, { image_id: 5 })), 'inconsistent-labels', 'annotations.1.image_id: no such id: 5'],
    ['two images of one id', withChange((c) => Object.assign(c.images[1] ?? {}, { id: 20 })), 'inconsistent-labels', 'images.1.id: 20 is used twice'],
    ['two categories of one id', withChange((c) => Object.assign(c.categories[1] ?? {}, { id: 90 })), 'inconsistent-labels', 'categories.1.id'],
  ])('refuses %s', (_, text, code, detail) => {
    expect(readCoco(text)).toMatchObject({ ok: false, failure: { code, detail: expect.stringContaining(detail) as string } });
  });
});

describe('readYoloTxt', () => {
  const size = { width: 100, height: 200 };

  it('reads centre and size in 0..1', () => {
    const read = readYoloTxt('0 0.5 0.5 0.2 0.4\r\n\n 17  0.1 0.1 0.2 0.2 \n', size, 'a.txt');
    expect(read.ok).toBe(true);
    if (!read.ok) return;
    expect(read.value.map((t) => t.classId)).toEqual([0, 17]);
    const [first] = read.value;
    expect(first?.boxPx.x1).toBeCloseTo(40, 9);
    expect(first?.boxPx.y2).toBeCloseTo(140, 9);
    expect(first?.areaPx2).toBeCloseTo(1600, 9);
  });

  it('reads an empty file as an image of nothing', () => {
    expect(readYoloTxt('\n', size, 'a.txt')).toEqual({ ok: true, value: [] });
  });

  it.each([
    ['0 0.5 0.5 0.2', 'line 1: expected "class cx cy w h", got 4 fields'],
    ['0 0.5 0.5 0.2 0.2\n0 0.5 0.5 0.2 0.4 0.9', 'line 2'],
    ['cat 0.5 0.5 0.2 0.4', 'class must be a whole number'],
    ['-1 0.5 0.5 0.2 0.4', 'class must be a whole number'],
    ['0 50 50 20 40', 'not within 0..1'],
    ['0 0.5 x 0.2 0.4', 'not within 0..1'],
    ['0 0.5 0.5 -0.2 0.4', 'not within 0..1'],
  ])('refuses "%s"', (text, detail) => {
    const read = readYoloTxt(text, size, 'a.txt');
    expect(read).toMatchObject({ ok: false, failure: { code: 'wrong-format', detail: expect.stringContaining(detail) as string } });
    if (!read.ok) expect(read.failure.detail).toContain('a.txt');
  });
});

describe('readPredictions', () => {
  const object = { classId: 2, label: 'car', score: 0.75, box: [1, 2, 11, 22] };
  const image = { file: 'a.jpg', width: 100, height: 200, ms: null, objects: [object], faces: [], poses: [] };
  const file = { task: 'objects', model: 'm', backend: 'wasm', images: [image] };

  it('reads what predict writes, and an image that could not be read', () => {
    const broken = { file: 'b.jpg', width: null, height: null, objects: [], error: { code: 'not-an-image', detail: '' } };
    const read = readPredictions(JSON.stringify({ ...file, images: [image, broken] }));
    expect(read).toEqual({
      ok: true,
      value: {
        images: [
          { file: 'a.jpg', size: { width: 100, height: 200 }, detections: [found([1, 2, 10, 20], 0.75, 2)] },
          { file: 'b.jpg', size: null, detections: [] },
        ],
        labels: new Map([[2, 'car']]),
      },
    });
  });

  it('refuses another task and a score that is no number', () => {
    expect(readPredictions(JSON.stringify({ ...file, task: 'faces' }))).toMatchObject({ ok: false, failure: { code: 'wrong-format' } });
    const wrong = readPredictions(JSON.stringify(file).replace('0.75', 'null'));
    expect(wrong).toMatchObject({ failure: { detail: expect.stringContaining('images.0.objects.0.score') as string } });
  });
});

describe('pairByFile', () => {
  const size = { width: 10, height: 10 };
  const labelled = (file: string) => ({ file, size, truths: [truth([0, 0, 5, 5])] });
  const predicted = (file: string, score: number) => ({ file, size, detections: [found([0, 0, 5, 5], score)] });

  it('matches by path, then by a name that only one prediction has', () => {
    const pairing = pairByFile(
      [labelled('val/a.jpg'), labelled('b.jpg'), labelled('c.jpg'), labelled('same.jpg')],
      [predicted('images/a.jpg', 0.1), predicted('b.jpg', 0.2), predicted('x/same.jpg', 0.3), predicted('y/same.jpg', 0.4)],
    );
    expect(pairing.pairs.map((p) => p.detections[0]?.score)).toEqual([0.1, 0.2, undefined, undefined]);
    expect(pairing.unpredicted).toEqual(['c.jpg', 'same.jpg']);
    expect(pairing.unlabelled).toEqual(['x/same.jpg', 'y/same.jpg']);
  });
});
