import type { CropPoints } from './crop-points.ts';

export interface RegressionRule {
  /** Numbers for each point: x, y or x, y, z. */
  readonly perPoint: 2 | 3;
  /** Input pixels for one unit of the output: 1, or the input's side where the output is 0..1. */
  readonly unitPx: number;
  /** How sure the network is of the whole, 0..1; 1 where it says nothing. */
  readonly presence: number;
}

/**
 * Points that a network's last layer gives as plain numbers.
 * Example: [0.5, 0.25] with 2 numbers a point and 112 px a unit is one point at (56, 28).
 */
export function decodeRegression(output: Float32Array, { perPoint, unitPx, presence }: RegressionRule): CropPoints {
  const count = Math.floor(output.length / perPoint);
  const xy = new Float32Array(count * 2);
  const z = perPoint === 3 ? new Float32Array(count) : null;
  for (let i = 0; i < count; i++) {
    const from = i * perPoint;
    xy[2 * i] = (output[from] as number) * unitPx;
    xy[2 * i + 1] = (output[from + 1] as number) * unitPx;
    if (z) z[i] = (output[from + 2] as number) * unitPx;
  }
  return { xy, z, scores: new Float32Array(count).fill(1), presence };
}
