import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { regionOfPersonBox } from '../../src/landmarks/crop/box-region.ts';
import { inputOfRegion, shapedRegion } from '../../src/landmarks/crop/input-shape.ts';
import { followsRegion, regionOfPosePoints } from '../../src/landmarks/crop/point-region.ts';
import { madeBody } from '../support/made-points.ts';
import { shippedPointsCard } from '../support/node-source.ts';

const pose = shippedPointsCard('pose-movenet');
const mesh = shippedPointsCard('face-mesh');
const frame = { width: 1000, height: 800 };

describe('the shape of a crop', () => {
  it.each([
    { is: 'slim', width: 30, height: 100, input: [96, 192] },
    { is: 'broad-shouldered', width: 60, height: 100, input: [128, 192] },
    { is: 'as broad as high', width: 100, height: 100, input: [192, 192] },
    { is: 'lying', width: 100, height: 62, input: [192, 128] },
    { is: 'stretched out', width: 100, height: 20, input: [192, 96] },
  ])('gives what is $is an input of $input', ({ width, height, input }) => {
    const { width: w, height: h } = inputOfRegion(shapedRegion({ x: 0, y: 0 }, { width, height }, pose.input), pose.input);
    expect([w, h]).toEqual(input);
  });

  it('holds all of anything, in the very shape of an input, at nine tenths of the resolution of a square at least', () => {
    const side = fc.double({ min: 1, max: 4000, noNaN: true });
    fc.assert(
      fc.property(side, side, (width, height) => {
        const { sizePx } = shapedRegion({ x: 5, y: 7 }, { width, height }, pose.input);
        const input = inputOfRegion({ centrePx: { x: 5, y: 7 }, sizePx, angleRad: 0 }, pose.input);
        expect(sizePx.width).toBeGreaterThanOrEqual(width * (1 - 1e-9));
        expect(sizePx.height).toBeGreaterThanOrEqual(height * (1 - 1e-9));
        expect(sizePx.width / sizePx.height).toBeCloseTo(input.width / input.height, 6);
        expect(input.height / sizePx.height).toBeGreaterThanOrEqual((0.9 * 192) / Math.max(width, height) - 1e-9);
      }),
    );
  });

  it('is a square for a model that has no other', () => {
    const region = regionOfPersonBox({ x1: 0.2, y1: 0.1, x2: 0.3, y2: 0.9 }, frame, mesh);
    expect(region.sizePx.width).toBe(region.sizePx.height);
    expect(inputOfRegion(region, mesh.input)).toEqual({ width: 192, height: 192 });
  });

  it('keeps its place under a body that stands still, look after look', () => {
    const box = { x1: 0.4, y1: 0.1, x2: 0.6, y2: 0.9 };
    const { points } = madeBody(box, 1);
    const looks = [regionOfPersonBox(box, frame, pose)];
    for (let look = 0; look < 20; look++) looks.push(regionOfPosePoints(points, frame, looks[look]!, pose));
    const [last, before] = [looks[20]!, looks[19]!];
    expect(inputOfRegion(last, pose.input)).toEqual({ width: 96, height: 192 });
    expect(last.sizePx.height).toBeCloseTo(before.sizePx.height, 6);
    expect(last.centrePx).toEqual(before.centrePx);
    for (let i = 0; i < 17; i++) {
      expect(Math.abs(points.xy[2 * i]! * frame.width - last.centrePx.x)).toBeLessThan(last.sizePx.width / 2);
      expect(Math.abs(points.xy[2 * i + 1]! * frame.height - last.centrePx.y)).toBeLessThan(last.sizePx.height / 2);
    }
  });

  it('grows over an arm that is stretched out', () => {
    const box = { x1: 0.4, y1: 0.1, x2: 0.6, y2: 0.9 };
    const { points } = madeBody(box, 1);
    const standing = regionOfPersonBox(box, frame, pose);
    const stretched = { ...points, xy: points.xy.slice() };
    stretched.xy[2 * 9] = 0.85;
    const next = regionOfPosePoints(stretched, frame, standing, pose);
    expect(next.sizePx.width).toBeGreaterThan(standing.sizePx.width);
    expect(next.centrePx.x + next.sizePx.width / 2).toBeGreaterThan(0.85 * frame.width);
  });
});

describe('points that go astray', () => {
  const region = { centrePx: { x: 100, y: 100 }, sizePx: { width: 80, height: 80 }, angleRad: 0.2 };

  it.each([
    { is: 'as large', width: 80, angleRad: 0.2, follows: true },
    { is: 'a fifth smaller and tilted', width: 64, angleRad: -0.3, follows: true },
    { is: 'half as large', width: 40, angleRad: 0.2, follows: false },
    { is: 'twice as large', width: 160, angleRad: 0.2, follows: false },
    { is: 'on its head', width: 80, angleRad: 0.2 + Math.PI, follows: false },
    { is: 'as it was, a whole turn later', width: 80, angleRad: 0.2 + 2 * Math.PI, follows: true },
  ])('a crop $is: $follows', ({ width, angleRad, follows }) => {
    expect(followsRegion({ ...region, sizePx: { width, height: width }, angleRad }, region)).toBe(follows);
  });
});
