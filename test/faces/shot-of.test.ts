import { describe, expect, it } from 'vitest';
import { shotOf } from '../../src/faces/index.ts';
import type { PointList } from '../../src/landmarks/index.ts';

const frame = { width: 200, height: 100 };
const facts = { yawRad: 0, pitchRad: 0, rollRad: 0, leftEyeOpen: 1, rightEyeOpen: 1, mouthOpen: 0 };

/** 68 points, of which the eyes are 20 px wide about (80, 40) and (120, 40), the mouth 30 px about (100, 70), the rest between (70, 30) and (130, 80). */
function pointsAt(shiftX = 0): PointList {
  const xy = new Float32Array(136);
  const put = (i: number, x: number, y: number): void => {
    xy.set([(x + shiftX) / frame.width, y / frame.height], 2 * i);
  };
  for (let i = 0; i < 68; i++) put(i, i % 2 === 0 ? 70 : 130, i % 3 === 0 ? 30 : 80);
  const around = (from: number, count: number, x: number, y: number, half: number): void => {
    for (let k = 0; k < count; k++) put(from + k, x + half * Math.cos((2 * Math.PI * k) / count), y + 2 * Math.sin((2 * Math.PI * k) / count));
  };
  around(36, 6, 80, 40, 10);
  around(42, 6, 120, 40, 10);
  around(48, 12, 100, 70, 15);
  return { xy, z: null, scores: new Float32Array(68).fill(1), inside: new Uint8Array(68).fill(1) };
}

/** Shows the frame's part from 50 to 150 at twice its size. */
const region = { centrePx: { x: 100, y: 50 }, sizePx: { width: 100, height: 100 }, angleRad: 0 };
const chip = { width: 200, height: 200, data: new Uint8ClampedArray(200 * 200 * 4) };

describe('what a shot shows', () => {
  it('are the eyes and the mouth where they lie in the chip, with the skin about them', () => {
    const { parts, eyesPx, insideShare, faces } = shotOf(pointsAt(), frame, facts, region, chip);
    const [right, left] = parts.eyes;
    expect([right.x1, right.x2, right.y1, right.y2].map(Math.round)).toEqual([36, 84, 64, 96]);
    expect([left.x1, left.x2].map(Math.round)).toEqual([116, 164]);
    expect([parts.mouth.x1, parts.mouth.x2, parts.mouth.y1, parts.mouth.y2].map(Math.round)).toEqual([64, 136, 116, 164]);
    expect(eyesPx).toBeCloseTo(40, 3);
    expect(insideShare).toBe(1);
    expect(faces).toBe(1);
  });

  it('is how much of the face lies in the frame', () => {
    expect(shotOf(pointsAt(-100), frame, facts, region, chip).insideShare).toBeCloseTo(0.5, 5);
    expect(shotOf(pointsAt(-300), frame, facts, region, chip).insideShare).toBe(0);
    const nothing = pointsAt();
    nothing.xy.fill(0.5);
    expect(shotOf(nothing, frame, facts, region, chip).insideShare).toBe(0);
  });
});
