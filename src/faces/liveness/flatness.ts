import type { CueBars } from './passive-cue.ts';
import { passiveCue } from './passive-cue.ts';
import type { CueResult } from './cue.ts';
import { homographyFromPoints, mapped } from './homography.ts';

/** The points of one face in one frame, always the same ones in the same order: x, y pairs in pixels. */
export interface FaceShape {
  readonly xyPx: ArrayLike<number>;
  readonly yawRad: number;
  readonly pitchRad: number;
}

/** A head that has turned less than this shows no depth, whatever it is. */
export const leastTurnRad = 0.2;

/**
 * How far the points of a face are from moving like a plane, between the two frames whose heads stand most apart: the
 * root of the mean square of what the best projective map leaves, by the size of the face. A photo that is waved or bent
 * towards the camera leaves what the points' own noise leaves; the nose of a head goes elsewhere.
 *
 * It tells only of heads that turned: null when the turn was too small to show any depth. The points of a network follow
 * the face that it believes to see, so a photo may turn a little in its eyes: the bars are to be measured with the network.
 */
export function depthShown(shapes: readonly FaceShape[]): number | null {
  const [a, b] = farthestApart(shapes);
  if (!a || !b || turnBetween(a, b) < leastTurnRad) return null;
  const [forth, back] = [leftOver(a, b), leftOver(b, a)];
  return forth === null || back === null ? null : Math.min(forth, back);
}

/** The cue of a face that may be flat. Without a turn there is nothing to see, and it says so. */
export function flatnessCue(shapes: readonly FaceShape[], bars: CueBars): CueResult {
  const unsure = { cue: 'flatness', outcome: 'not-sure', value: null } as const;
  if (!shapes.every(isFinite)) return { ...unsure, because: 'not-finite' };
  if (shapes.length < Math.max(2, bars.minFrames)) return { ...unsure, because: 'too-little' };
  const depth = depthShown(shapes);
  if (depth === null) return { ...unsure, because: 'too-little' };
  return passiveCue('flatness', [depth], { ...bars, minFrames: 1 });
}

function farthestApart(shapes: readonly FaceShape[]): readonly [FaceShape?, FaceShape?] {
  const ends = [
    leastAndMost(shapes, ({ yawRad }) => yawRad),
    leastAndMost(shapes, ({ pitchRad }) => pitchRad),
  ].flatMap(([a, b]) => (a && b ? [[a, b] as const] : []));
  return ends.sort((one, other) => turnBetween(...other) - turnBetween(...one))[0] ?? [];
}

function leastAndMost(shapes: readonly FaceShape[], of: (shape: FaceShape) => number): readonly [FaceShape?, FaceShape?] {
  const sorted = [...shapes].sort((a, b) => of(a) - of(b));
  const [first, last] = [sorted[0], sorted.at(-1)];
  return first && last ? [first, last] : [];
}

function turnBetween(a: FaceShape, b: FaceShape): number {
  return Math.hypot(a.yawRad - b.yawRad, a.pitchRad - b.pitchRad);
}

/** What the best map of one shape onto the other leaves, by the root of the area of the other. */
function leftOver({ xyPx: from }: FaceShape, { xyPx: to }: FaceShape): number | null {
  const count = to.length >> 1;
  const map = from.length === to.length ? homographyFromPoints(from, to) : null;
  if (!map) return null;
  let sum = 0;
  let [x1, y1, x2, y2] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let i = 0; i < count; i++) {
    const [wantedX, wantedY] = [to[2 * i] as number, to[2 * i + 1] as number];
    const [x, y] = mapped(map, from[2 * i] as number, from[2 * i + 1] as number);
    sum += (x - wantedX) ** 2 + (y - wantedY) ** 2;
    [x1, y1, x2, y2] = [Math.min(x1, wantedX), Math.min(y1, wantedY), Math.max(x2, wantedX), Math.max(y2, wantedY)];
  }
  const left = Math.sqrt(sum / count / ((x2 - x1) * (y2 - y1)));
  return Number.isFinite(left) ? left : null;
}

function isFinite({ xyPx, yawRad, pitchRad }: FaceShape): boolean {
  return Number.isFinite(yawRad) && Number.isFinite(pitchRad) && Array.from(xyPx).every(Number.isFinite);
}
