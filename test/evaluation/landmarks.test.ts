import { describe, expect, it } from 'vitest';
import type { FoundFace, LabelledFace } from '../../src/evaluation/index.ts';
import { evaluateLandmarks, matchFaces, normalizedMeanError, readDlibXml, readLandmarkPredictions, readPts } from '../../src/evaluation/index.ts';
import type { Point } from '../../src/geometry/index.ts';

/** 68 points on two circles around (x, y), with the outer eye corners `betweenEyesPx` apart. */
function face(x: number, y: number, betweenEyesPx = 100): Point[] {
  const points = Array.from({ length: 68 }, (_, i) => ({ x: x + betweenEyesPx * Math.cos(i), y: y + betweenEyesPx * Math.sin(i) }));
  points[36] = { x: x - betweenEyesPx / 2, y };
  points[45] = { x: x + betweenEyesPx / 2, y };
  return points;
}

function moved(points: readonly Point[], byPx: number): Point[] {
  return points.map(({ x, y }) => ({ x: x + byPx, y }));
}

function labelled(pointsPx: readonly Point[], ignored = false): LabelledFace {
  return { boxPx: null, pointsPx, ignored };
}

function found(pointsPx: readonly Point[]): FoundFace {
  return { pointsPx };
}

describe('normalizedMeanError', () => {
  it('is the mean distance as a share of the distance of the outer eye corners', () => {
    expect(normalizedMeanError(face(0, 0), face(0, 0))).toBe(0);
    expect(normalizedMeanError(moved(face(0, 0), 3), face(0, 0))).toBeCloseTo(0.03, 12);
    expect(normalizedMeanError(moved(face(0, 0, 50), 3), face(0, 0, 50))).toBeCloseTo(0.06, 12);
    const oneOff = face(0, 0).map((point, i) => (i === 10 ? { x: point.x, y: point.y + 68 } : point));
    expect(normalizedMeanError(oneOff, face(0, 0))).toBeCloseTo(0.01, 12);
  });

  it('takes the scale from the truth, and is infinite where that has none', () => {
    expect(normalizedMeanError(face(0, 0, 50), face(0, 0, 100))).toBeCloseTo((66 * 50 + 2 * 25) / 68 / 100, 12);
    expect(normalizedMeanError(face(0, 0), face(0, 0, 0))).toBe(Infinity);
  });

  it('refuses another number of points', () => {
    expect(() => normalizedMeanError(face(0, 0).slice(1), face(0, 0))).toThrow(RangeError);
  });
});

describe('matchFaces', () => {
  it('puts each found face to the nearest marked one, whatever the order', () => {
    const { faces, extra } = matchFaces({ faces: [labelled(face(0, 0)), labelled(face(90, 0))], found: [found(face(95, 0)), found(face(4, 0)), found(face(900, 0))] });
    expect(faces.map(({ foundPx }) => foundPx)).toEqual([face(4, 0), face(95, 0)]);
    expect(extra).toBe(1);
  });

  it('finds no partner twice', () => {
    const { faces, extra } = matchFaces({ faces: [labelled(face(0, 0)), labelled(face(20, 0))], found: [found(face(1, 0))] });
    expect(faces.map(({ foundPx }) => foundPx !== null)).toEqual([true, false]);
    expect(extra).toBe(0);
  });

  it('judges points that are badly off in the right place, and not those of elsewhere', () => {
    expect(matchFaces({ faces: [labelled(face(0, 0))], found: [found(face(90, 0, 20))] }).faces[0]?.foundPx).not.toBeNull();
    expect(matchFaces({ faces: [labelled(face(0, 0))], found: [found(face(110, 0, 100))] }).faces[0]?.foundPx).toBeNull();
  });

  it('neither counts nor misses a face that is not to be judged', () => {
    expect(matchFaces({ faces: [labelled(face(0, 0), true)], found: [found(face(0, 0))] })).toEqual({ faces: [], extra: 0 });
    const boxOnly: LabelledFace = { boxPx: { x1: -100, y1: -100, x2: 100, y2: 100 }, pointsPx: null, ignored: false };
    expect(matchFaces({ faces: [boxOnly], found: [found(face(0, 0))] })).toEqual({ faces: [], extra: 0 });
  });
});

describe('evaluateLandmarks', () => {
  it('counts a face that was not found as a failure, and leaves it out of the mean', () => {
    const summary = evaluateLandmarks([
      { faces: [labelled(face(0, 0)), labelled(face(500, 0)), labelled(face(0, 500))], found: [found(moved(face(0, 0), 2)), found(moved(face(500, 0), 10)), found(face(2000, 0))] },
      { faces: [labelled(face(0, 0))], found: [found(moved(face(0, 0), 8 - 1e-9))] },
    ]);
    expect(summary).toEqual({
      NME: expect.closeTo((0.02 + 0.1 + 0.08) / 3, 9) as number,
      medianNME: expect.closeTo(0.08, 9) as number,
      failureRate: 0.5,
      AUC: expect.closeTo((1 - 0.02 / 0.08) / 4, 9) as number,
      ...{ faces: 4, found: 3, notFound: 1, extra: 1 },
    });
  });

  it('says null where there is nothing to measure', () => {
    expect(evaluateLandmarks([{ faces: [], found: [found(face(0, 0))] }])).toMatchObject({ NME: null, medianNME: null, failureRate: null, AUC: null, faces: 0, extra: 1 });
    expect(evaluateLandmarks([{ faces: [labelled(face(0, 0))], found: [] }])).toMatchObject({ NME: null, failureRate: 1, AUC: 0, notFound: 1 });
  });
});

const rows = (count: number): string => Array.from({ length: count }, (_, i) => `${i}.5 ${2 * i}`).join('\n');

describe('readPts', () => {
  it('reads 68 points as they are written, or counted from 1', () => {
    const text = `version: 1\r\nn_points:  68\r\n{\r\n${rows(68)}\r\n}\r\n`;
    const read = readPts(text, 'a.pts');
    expect(read.ok && read.value.length).toBe(68);
    expect(read.ok && read.value[3]).toEqual({ x: 3.5, y: 6 });
    const fromOne = readPts(text, 'a.pts', 1);
    expect(fromOne.ok && fromOne.value[3]).toEqual({ x: 2.5, y: 5 });
  });

  it.each([
    ['', 'expected "version: 1"'],
    [`version: 1\nn_points: 68\n{\n${rows(68)}`, 'expected "version: 1"'],
    [`version: 1\nn_points: 5\n{\n${rows(5)}\n}`, 'n_points is 5, not 68'],
    [`version: 1\nn_points: 68\n{\n${rows(67)}\n}`, 'there are 67 lines'],
    [`version: 1\nn_points: 68\n{\n${rows(67)}\n1 x\n}`, 'point 68'],
    [`version: 1\nn_points: 68\n{\n${rows(67)}\n1 2 3\n}`, 'point 68'],
    [' '.repeat(2 ** 20 + 1), 'longer than'],
  ])('refuses %#', (text, detail) => {
    expect(readPts(text, 'a.pts')).toMatchObject({ ok: false, failure: { code: 'wrong-format', detail: expect.stringMatching(new RegExp(`^a\\.pts: .*${detail}`, 'u')) as string } });
  });
});

const parts = Array.from({ length: 68 }, (_, i) => `<part name='${String(i).padStart(2, '0')}' x='${i}' y="${2 * i}"/>`).join('');
const oneBox = `<box top='90' left='194' width='37' height='38'>${parts}</box>`;
const inDataset = (images: string): string => `<?xml version='1.0'?>\n<dataset>\n<!-- <image> -->\n<name>a > b</name><images>${images}</images></dataset>`;

describe('readDlibXml', () => {
  it('reads images, boxes and points, and boxes without points or not to be judged', () => {
    const text = inDataset(`<image file='a &amp; &#98;.jpg' width='500' height='375'>${oneBox}<box top='1' left='2' width='3' height='4' ignore='1'><label>x</label></box></image><image file="b.jpg"/>`);
    const read = readDlibXml(text);
    expect(read).toMatchObject({
      ok: true,
      value: [
        {
          file: 'a & b.jpg',
          size: { width: 500, height: 375 },
          faces: [
            { boxPx: { x1: 194, y1: 90, x2: 231, y2: 128 }, ignored: false },
            { boxPx: { x1: 2, y1: 1, x2: 5, y2: 5 }, ignored: true, pointsPx: null },
          ],
        },
        { file: 'b.jpg', size: null, faces: [] },
      ],
    });
    expect(read.ok && read.value[0]?.faces[0]?.pointsPx?.[67]).toEqual({ x: 67, y: 134 });
  });

  it('takes points in any order', () => {
    const backwards = parts.match(/<part[^>]+>/gu)?.reverse().join('') ?? '';
    const read = readDlibXml(inDataset(`<image file='a.jpg'>${oneBox.replace(parts, backwards)}</image>`));
    expect(read.ok && read.value[0]?.faces[0]?.pointsPx?.[1]).toEqual({ x: 1, y: 2 });
  });

  const image = (inside: string): string => inDataset(`<image file='a.jpg'>${inside}</image>`);

  it.each([
    ['an entity bomb', `<!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;">]><dataset>&lol2;</dataset>`, 'line 1: a declaration'],
    ['a file of the system', `<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><dataset><image file='&x;'/></dataset>`, 'a declaration'],
    ['an entity of its own', image('').replace('a.jpg', '&x;.jpg'), 'attributes of <image>'],
    ['CDATA', '<dataset><![CDATA[<image file="a"/>]]></dataset>', 'CDATA'],
    ['deep nesting', '<a>'.repeat(1000), 'more than 16 elements'],
    ['an element that is never closed', '<dataset>\n<images>', 'line 2: <images> is never closed'],
    ['elements crossed', '<dataset><images></dataset></images>', '</dataset> closes nothing'],
    ['a tag that never ends', `<dataset a="${'x'.repeat(10_000)}`, 'this is no tag'],
    ['an attribute given twice', image('').replace("file='a.jpg'", "file='a' file='b'"), 'attributes of <image>'],
    ['no image', inDataset(''), 'no image'],
    ['an image without a file', inDataset('<image/>'), 'without a file'],
    ['a file named twice', inDataset(`<image file='a.jpg'/><image file='a.jpg'/>`), 'a.jpg is there twice'],
    ['an image in an image', image(`<image file='b.jpg'/>`), 'inside of another'],
    ['a box of no width', image(`<box top='1' left='1' width='0' height='5'/>`), 'a.jpg: box 1: left, top'],
    ['a box without a side', image(`<box top='1' left='1' width='4'/>`), 'a.jpg: box 1: left, top'],
    ['a box in a box', image(`<box top='1' left='1' width='4' height='4'>${oneBox}</box>`), 'not right inside'],
    ['a part outside of a box', image(`<part name='00' x='1' y='1'/>`), 'outside of a box'],
    ['67 parts', image(oneBox.replace(/<part name='05'[^>]+>/u, '')), 'a.jpg: box 1: 67 parts of 68'],
    ['a part of another scheme', image(oneBox.replace("name='05'", "name='68'")), 'part "68" is not one of'],
    ['a part twice', image(oneBox.replace("name='05'", "name='06'")), 'part 06 is there twice'],
    ['a place that is no number', image(oneBox.replace("x='5'", "x='five'")), 'part 05: x and y'],
  ])('refuses %s', (_, text, detail) => {
    expect(readDlibXml(text)).toMatchObject({ ok: false, failure: { detail: expect.stringContaining(detail) as string } });
  });
});

describe('readLandmarkPredictions', () => {
  const points68 = Array.from({ length: 68 }, (_, i) => [i, 2 * i]);
  const file = { task: 'landmarks', images: [{ file: 'a.jpg', faces: [{ score: 0.9, box: [0, 0, 1, 1], points68 }, { score: 0.5, box: [0, 0, 1, 1] }] }] };

  it('reads what predict writes; a face without points was not found', () => {
    expect(readLandmarkPredictions(JSON.stringify(file))).toEqual({ ok: true, value: [{ file: 'a.jpg', found: [{ pointsPx: points68.map(([x, y]) => ({ x, y })) }] }] });
  });

  it('refuses another task and another number of points', () => {
    expect(readLandmarkPredictions(JSON.stringify({ ...file, task: 'faces' }))).toMatchObject({ ok: false, failure: { code: 'wrong-format' } });
    const short = { ...file, images: [{ file: 'a.jpg', faces: [{ points68: points68.slice(1) }] }] };
    expect(readLandmarkPredictions(JSON.stringify(short))).toMatchObject({ failure: { detail: expect.stringContaining('images.0.faces.0.points68') as string } });
  });
});
