import type { Size } from '../../geometry/index.ts';
import type { PointList } from './point-list.ts';
import { insideOf } from './to-frame.ts';

/** The mean of two looks at the same points, each point by its scores in both. */
export function averagePoints(first: PointList, second: PointList): PointList {
  const share = first.scores.map((score, i) => {
    const sum = score + (second.scores[i] as number);
    return sum > 0 ? score / sum : 0.5;
  });
  const mix = (a: number, b: number, i: number): number => a * (share[i] as number) + b * (1 - (share[i] as number));
  const xy = first.xy.map((value, i) => mix(value, second.xy[i] as number, i >> 1));
  const secondZ = second.z;
  const z = first.z && secondZ ? first.z.map((value, i) => mix(value, secondZ[i] as number, i)) : null;
  return { xy, z, scores: first.scores.map((score, i) => (score + (second.scores[i] as number)) / 2), inside: insideOf(xy) };
}

/** How far the same points are apart in two looks: the mean over all of them, in pixels of the frame. */
export function meanDistancePx(first: PointList, second: PointList, frame: Size): number {
  const count = first.scores.length;
  let sum = 0;
  for (let i = 0; i < count; i++) {
    const dx = (first.xy[2 * i] as number) - (second.xy[2 * i] as number);
    const dy = (first.xy[2 * i + 1] as number) - (second.xy[2 * i + 1] as number);
    sum += Math.hypot(dx * frame.width, dy * frame.height);
  }
  return sum / count;
}

/** Points in the order of a mirrored picture, put in their own order: point i takes the place of its `mirror[i]`. */
export function inMirrorOrder({ xy, z, scores, inside }: PointList, mirror: readonly number[]): PointList {
  const from = (i: number): number => mirror[i] ?? i;
  return {
    xy: xy.map((_, i) => xy[2 * from(i >> 1) + (i % 2)] as number),
    z: z?.map((_, i) => z[from(i)] as number) ?? null,
    scores: scores.map((_, i) => scores[from(i)] as number),
    inside: inside.map((_, i) => inside[from(i)] as number),
  };
}
