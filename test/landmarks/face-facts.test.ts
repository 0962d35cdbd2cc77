import { describe, expect, it } from 'vitest';
import type { EyePatch, PointList } from '../../src/landmarks/index.ts';
import { BlinkCounter, face68Mirror, face68OfMesh, face68Parts, faceFacts, faceMeshMirror, faceMeshParts } from '../../src/landmarks/index.ts';
import { regionOfEye } from '../../src/landmarks/facts/eye-pixels.ts';
import { featurePoints } from '../../src/landmarks/facts/feature-points.ts';
import { frame, listOf, madeFace } from './made-faces.ts';

describe('faceFacts of a made face', () => {
  it('tells open eyes from shut ones, each on its own side', () => {
    const facts = faceFacts(madeFace({ leftEye: 0.08, rightEye: 0.32 }), 'landmarks', frame);
    expect(facts.leftEyeOpen).toBe(0);
    expect(facts.rightEyeOpen).toBeGreaterThan(0.9);
  });

  it('tells how far the mouth is open, and a smile from none', () => {
    expect(faceFacts(madeFace({ gap: 0.02 }), 'landmarks', frame).mouthOpen).toBe(0);
    expect(faceFacts(madeFace({ gap: 0.3 }), 'landmarks', frame).mouthOpen).toBeGreaterThan(0.35);
    expect(faceFacts(madeFace({ mouth: 0.5, lift: -0.03 }), 'landmarks', frame).smile).toBe(0);
    expect(faceFacts(madeFace({ mouth: 0.7, lift: 0.13 }), 'landmarks', frame).smile).toBeGreaterThan(0.9);
  });

  it.each([-0.6, 0, 0.35])('measures the tilt %f, whatever else the face does, and nothing else by it', (rollRad) => {
    const [facts, upright] = [faceFacts(madeFace({ rollRad, mouth: 0.6, lift: 0.05 }), 'landmarks', frame), faceFacts(madeFace({ mouth: 0.6, lift: 0.05 }), 'landmarks', frame)];
    expect(facts.rollRad).toBeCloseTo(rollRad, 4);
    expect(facts.yawRad).toBeCloseTo(0, 4);
    for (const key of ['leftEyeOpen', 'mouthOpen', 'smile', 'pitchRad'] as const) expect(facts[key]).toBeCloseTo(upright[key] ?? NaN, 3);
  });

  it.each([
    ['a face of 12 px', madeFace({ eyesPx: 8 })],
    ['half a face at the border', madeFace({ centre: [2, 240] })],
    ['a face outside of the frame', madeFace({ centre: [-500, 900] })],
    ['points that are all one', listOf(Array.from({ length: 68 }, () => [100, 100] as const))],
  ])('is finite or null for %s', (_, points) => {
    const { gaze, ...numbers } = faceFacts(points, 'landmarks', frame);
    expect(gaze).toBeNull();
    for (const value of Object.values(numbers)) expect(value === null || Number.isFinite(value)).toBe(true);
  });

  it('does not say how an eye is that lies outside of the frame', () => {
    const facts = faceFacts(madeFace({ centre: [20, 240] }), 'landmarks', frame);
    expect(facts.rightEyeOpen).toBeNull();
    expect(facts.leftEyeOpen).not.toBeNull();
  });
});

describe('the turn of a head', () => {
  /** A flat mesh whose four level and four upright points stand as a head's do. */
  function madeMesh(yawRad: number, pitchRad: number): PointList {
    const spots: Record<number, [number, number, number]> = { 33: [-45, -30, 0], 263: [45, -30, 0], 133: [-18, -30, 0], 362: [18, -30, 0], 61: [-25, 40, 0], 291: [25, 40, 0], 234: [-70, 0, 0], 454: [70, 0, 0], 10: [0, -90, 0], 152: [0, 90, 0], 151: [0, -70, 0], 175: [0, 80, 0] };
    const [xy, z] = [new Float32Array(936).fill(0.5), new Float32Array(468)];
    for (const [key, [x, y]] of Object.entries(spots)) {
      // To its own left: its left side, the right of the picture, goes away from the camera. Up: its chin comes nearer.
      const [depth, tall] = [x * Math.sin(yawRad) - y * Math.sin(pitchRad), y * Math.cos(pitchRad)];
      xy.set([0.5 + (x * Math.cos(yawRad)) / frame.width, 0.5 + tall / frame.height], Number(key) * 2);
      z[Number(key)] = depth / frame.width;
    }
    return { xy, z, scores: new Float32Array(468).fill(1), inside: new Uint8Array(468).fill(1) };
  }

  it.each([[0.5, 0], [-0.9, 0], [0, 0.3], [0, -0.4]])('is read off the mesh: yaw %f, pitch %f', (yawRad, pitchRad) => {
    const facts = faceFacts(madeMesh(yawRad, pitchRad), 'mesh', frame);
    expect(facts.yawRad).toBeCloseTo(yawRad, 4);
    expect(facts.pitchRad - faceFacts(madeMesh(0, 0), 'mesh', frame).pitchRad).toBeCloseTo(pitchRad, 4);
    if (yawRad > 0.55) expect(facts.leftEyeOpen).toBeNull();
    if (yawRad < -0.55) expect(facts.rightEyeOpen).toBeNull();
  });

  it.each([[0, 0], [0.4, 0], [-0.6, 0.1], [0.2, -0.3]])('is found from 68 points by the mean head: yaw %f, pitch %f', (yawRad, pitchRad) => {
    const head: Record<number, [number, number, number]> = { 30: [0, 0.8, -0.95], 8: [0, 2.37, 0.09], 36: [-1, 0, 0], 45: [1, 0, 0], 48: [-0.6, 1.46, -0.05], 54: [0.6, 1.46, -0.05] };
    const points = Array.from({ length: 68 }, (): [number, number] => [320, 240]);
    for (const [key, [x, y, z]] of Object.entries(head)) {
      // Depth is away from the camera; first the nod, then the turn. The nose, which is near, goes to the picture's right.
      const [y1, z1] = [y * Math.cos(pitchRad) + z * Math.sin(pitchRad), z * Math.cos(pitchRad) - y * Math.sin(pitchRad)];
      points[Number(key)] = [320 + 60 * (x * Math.cos(yawRad) - z1 * Math.sin(yawRad)), 240 + 60 * y1];
    }
    const facts = faceFacts(listOf(points), 'landmarks', frame);
    expect(facts.yawRad).toBeCloseTo(yawRad, 2);
    expect(facts.pitchRad).toBeCloseTo(pitchRad, 1);
  });
});

describe('gaze', () => {
  const face = madeFace({ eyesPx: 200, leftEye: 0.4, rightEye: 0.4 });

  /** White eyes with a dark iris at a place, 0 at the picture's left corner and 1 at its right. */
  function patchOf(side: 'leftEye' | 'rightEye', place: number): EyePatch | null {
    const region = regionOfEye(face, featurePoints.landmarks[side], frame);
    const size = { width: 48, height: 20 };
    return region && { size, region, grey: Uint8Array.from({ length: 960 }, (_, i) => (Math.abs((i % 48) + 0.5 - place * 48) < 7 ? 30 : 220)) };
  }

  it.each([[0.5, 'ahead'], [0.75, 'left'], [0.25, 'right']] as const)('is %f of the way to the picture right: %s of the person', (place, gaze) => {
    expect(faceFacts(face, 'landmarks', frame, { left: patchOf('leftEye', place), right: patchOf('rightEye', place) }).gaze).toBe(gaze);
  });

  it('is not told from an even patch, a shut eye or a small one', () => {
    const even = (side: 'leftEye' | 'rightEye'): EyePatch | null => {
      const patch = patchOf(side, 0.5);
      return patch && { ...patch, grey: new Uint8Array(960).fill(90) };
    };
    expect(faceFacts(face, 'landmarks', frame, { left: even('leftEye'), right: even('rightEye') }).gaze).toBeNull();
    const shut = madeFace({ eyesPx: 200, leftEye: 0.1, rightEye: 0.1 });
    expect(faceFacts(shut, 'landmarks', frame, { left: patchOf('leftEye', 0.8), right: patchOf('rightEye', 0.8) }).gaze).toBeNull();
    expect(regionOfEye(madeFace({ eyesPx: 24 }), featurePoints.landmarks.leftEye, frame)).toBeNull();
  });
});

describe('BlinkCounter', () => {
  const run = (openness: readonly (number | null)[], everyMs = 40): number => {
    const counter = new BlinkCounter();
    return openness.reduce<number>((_, open, i) => counter.update({ leftEyeOpen: open, rightEyeOpen: open }, i * everyMs), 0);
  };
  const open = (count: number, value = 0.8): number[] => Array.from({ length: count }, () => value);

  it('counts short closures only', () => {
    expect(run([...open(10), 0.4, 0.1, 0.1, 0.5, ...open(10), 0.1, ...open(10)])).toBe(2);
    expect(run([...open(10), ...open(60, 0.1), ...open(10)])).toBe(0);
  });

  it('measures narrow eyes against themselves, and eyes that are never open not at all', () => {
    expect(run([...open(20, 0.35), 0.05, 0.05, ...open(10, 0.35)])).toBe(1);
    expect(run([...open(20, 0.15), 0.02, 0.02, ...open(10, 0.15)])).toBe(0);
  });

  it('is not moved by eyes out of sight, by the same frame again, or by a wink of the points', () => {
    expect(run([...open(10), null, null, ...open(10)])).toBe(0);
    expect(run([...open(10), 0.6, 0.55, ...open(10)])).toBe(0);
    const counter = new BlinkCounter();
    for (const value of [0.8, 0.1, 0.8]) expect(counter.update({ leftEyeOpen: value, rightEyeOpen: value }, 0)).toBe(0);
  });
});

describe('the tables of points', () => {
  it.each([['landmarks', face68Mirror, 68], ['mesh', faceMeshMirror, 468]] as const)('%s: the mirror of the mirror is the point itself', (_, mirror, count) => {
    expect(mirror).toHaveLength(count);
    mirror.forEach((other, i) => expect(mirror[other]).toBe(i));
  });

  it('the 68 of the mesh are mirrored as the 68 are', () => {
    const wrong = face68OfMesh.flatMap((point, i) => (faceMeshMirror[point] === face68OfMesh[face68Mirror[i]!] ? [] : [i]));
    expect(wrong).toEqual([]);
  });

  it('every part lies within its model, and its mirror is a part too', () => {
    for (const [parts, mirror] of [[face68Parts, face68Mirror], [faceMeshParts, faceMeshMirror]] as const) {
      const sets = parts.map(({ indices }) => [...indices].sort((a, b) => a - b).join());
      for (const { indices } of parts) expect(sets).toContain(indices.map((i) => mirror[i]!).sort((a, b) => a - b).join());
    }
  });
});
