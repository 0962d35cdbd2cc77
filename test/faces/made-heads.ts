import { faceFacts } from '../../src/landmarks/index.ts';
import type { ChallengeFrame, FaceShape } from '../../src/faces/index.ts';
import { frame, listOf } from '../landmarks/made-faces.ts';
import { normalNumbers } from './made-faces.ts';

/** How a head, or a photo of one, is held and what it does. Radians; shares 0..1. */
export interface Held {
  readonly yawRad?: number;
  readonly pitchRad?: number;
  readonly rollRad?: number;
  readonly shiftPx?: readonly [number, number];
  readonly eyes?: number;
  readonly smile?: number;
  /** A photo: every point in one plane. */
  readonly flat?: boolean;
  readonly noisePx?: number;
  readonly seed?: number;
}

type Place = readonly [x: number, y: number, z: number];

/** 68 points of a head in space, x to its left, y down, z away from the camera, in pixels. */
function headOf({ eyes = 1, smile = 0 }: Held): readonly Place[] {
  const points = Array.from({ length: 68 }, (_, i): Place => {
    const angle = Math.PI * (i / 16);
    // The jaw and, beyond it, a few places on a face that is round towards the camera.
    return i < 17 ? [-100 * Math.cos(angle), 140 * Math.sin(angle), 20] : [((i * 37) % 120) - 60, ((i * 53) % 160) - 40, -30 - ((i * 29) % 40)];
  });
  const put = (i: number, place: Place): void => {
    points[i] = place;
  };
  for (const [first, left] of [[36, -60], [42, 20]] as const) {
    const half = 6.2 * (0.36 + 0.64 * eyes);
    const places: readonly (readonly [number, number])[] = [[0, 0], [13, -half], [27, -half], [40, 0], [27, half], [13, half]];
    places.forEach(([x, y], i) => put(first + i, [left + x, y, 0]));
  }
  put(30, [0, 48, -57]);
  put(8, [0, 142, 5]);
  const half = 31 + 10 * smile;
  const lift = 6 * smile;
  put(48, [-half, 88 - lift, -3]);
  put(54, [half, 88 - lift, -3]);
  put(51, [0, 83, -10]);
  put(57, [0, 93, -10]);
  for (const [upper, lower] of [[61, 67], [62, 66], [63, 65]] as const) {
    put(upper, [0, 87, -8]);
    put(lower, [0, 88, -8]);
  }
  return points;
}

/** The pixels of the points, seen by a camera four heads away. */
export function seenPx(held: Held): readonly (readonly [number, number])[] {
  const { yawRad = 0, pitchRad = 0, rollRad = 0, shiftPx = [0, 0], flat = false, noisePx = 0, seed = 1 } = held;
  const normal = normalNumbers(seed);
  return headOf(held).map(([x, y, depth]) => {
    const z = flat ? 0 : depth;
    const [x1, z1] = [x * Math.cos(yawRad) - z * Math.sin(yawRad), x * Math.sin(yawRad) + z * Math.cos(yawRad)];
    const [y2, z2] = [y * Math.cos(pitchRad) + z1 * Math.sin(pitchRad), z1 * Math.cos(pitchRad) - y * Math.sin(pitchRad)];
    const [x3, y3] = [x1 * Math.cos(rollRad) - y2 * Math.sin(rollRad), x1 * Math.sin(rollRad) + y2 * Math.cos(rollRad)];
    const near = 1000 / (1000 + z2);
    return [320 + shiftPx[0] + x3 * near + noisePx * normal(), 220 + shiftPx[1] + y3 * near + noisePx * normal()];
  });
}

export function shapeOf(held: Held): FaceShape {
  return { xyPx: seenPx(held).flat(), yawRad: held.yawRad ?? 0, pitchRad: held.pitchRad ?? 0 };
}

/** What the points of one moment tell, read as the app reads them. */
export function factsOf(held: Held, blinks = 0): ChallengeFrame['facts'] {
  return { ...faceFacts(listOf(seenPx(held)), 'landmarks', frame), blinks };
}
