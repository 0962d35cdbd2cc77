import type { Size } from '../../src/geometry/index.ts';
import type { PointList } from '../../src/landmarks/index.ts';
import { insideOf } from '../../src/landmarks/points/to-frame.ts';

export const frame: Size = { width: 640, height: 480 };

export interface MadeFace {
  readonly centre?: readonly [x: number, y: number];
  /** Distance of the outer eye corners in pixels. */
  readonly eyesPx?: number;
  readonly rollRad?: number;
  /** Height of the eyes by their width. */
  readonly leftEye?: number;
  readonly rightEye?: number;
  /** Gap of the lips by the width of the mouth. */
  readonly gap?: number;
  /** Width of the mouth by the distance of the eyes. */
  readonly mouth?: number;
  /** How far the corners of the mouth are lifted, by its width. */
  readonly lift?: number;
}

/** A list of points from pixels of the made frame. */
export function listOf(xyPx: readonly (readonly [x: number, y: number])[], scores?: readonly number[]): PointList {
  const xy = Float32Array.from(xyPx.flatMap(([x, y]) => [x / frame.width, y / frame.height]));
  return { xy, z: null, scores: Float32Array.from(scores ?? xyPx.map(() => 1)), inside: insideOf(xy) };
}

/** 68 points of a face from the front, with the parts that facts are read from where they are asked to be. */
export function madeFace({ centre = [320, 240], eyesPx = 120, rollRad = 0, leftEye = 0.3, rightEye = 0.3, gap = 0.02, mouth = 0.5, lift = -0.02 }: MadeFace = {}): PointList {
  const eyeWidth = 0.33;
  const points = Array.from({ length: 68 }, (): [number, number] => [0, 0.3]);
  const eye = (first: number, left: number, open: number): void => {
    const [w, h] = [eyeWidth, (open * eyeWidth) / 2];
    const places: [number, number][] = [[0, 0], [w / 3, -h], [(2 * w) / 3, -h], [w, 0], [(2 * w) / 3, h], [w / 3, h]];
    places.forEach(([x, y], i) => (points[first + i] = [left + x, y - 0.35]));
  };
  eye(36, -0.5, rightEye);
  eye(42, 0.5 - eyeWidth, leftEye);
  points[30] = [0, 0.02];
  points[8] = [0, 0.75];
  const [half, at] = [mouth / 2, 0.36];
  points[48] = [-half, at - lift * mouth];
  points[54] = [half, at - lift * mouth];
  points[51] = [0, at - 0.05];
  points[57] = [0, at + 0.05];
  for (const [upper, lower] of [[61, 67], [62, 66], [63, 65]] as const) {
    points[upper] = [0, at - (gap * mouth) / 2];
    points[lower] = [0, at + (gap * mouth) / 2];
  }
  const [cos, sin] = [Math.cos(rollRad), Math.sin(rollRad)];
  return listOf(points.map(([x, y]) => [centre[0] + eyesPx * (x * cos - y * sin), centre[1] + eyesPx * (x * sin + y * cos)]));
}
