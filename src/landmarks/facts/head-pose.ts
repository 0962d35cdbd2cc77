import type { Size } from '../../geometry/index.ts';
import type { PointList } from '../points/point-list.ts';
import type { FacePointsKind } from './feature-points.ts';

type Vector = readonly [x: number, y: number, z: number];

/** How the head stands against the camera, in radians. Signs as in `FaceFacts`. */
export interface HeadPose {
  readonly yawRad: number;
  readonly pitchRad: number;
  readonly rollRad: number;
}

/**
 * How the head stands. The mesh has depth: its own axes are read off. The 68 points have none: the turn is the one that
 * brings a mean head closest to them.
 */
export function headPose(points: PointList, kind: FacePointsKind, frame: Size): HeadPose {
  const axes = kind === 'mesh' ? axesOfMesh(points, frame) : axesOfMeanHead(points, frame);
  if (!axes) return { yawRad: 0, pitchRad: 0, rollRad: 0 };
  const [across, down] = axes;
  return {
    yawRad: Math.atan2(across[2], Math.hypot(across[0], across[1])),
    pitchRad: Math.atan2(-down[2], Math.hypot(down[0], down[1])) - (kind === 'mesh' ? restPitchRad : 0),
    rollRad: Math.atan2(across[1], across[0]),
  };
}

/** How the front of the mesh stands when a head looks straight ahead: the median over 70 portraits. */
const restPitchRad = -0.08;

/** Points that lie level on the right and on the left of a head, and such that lie above each other on its front. */
const levelPairs = [[33, 263], [133, 362], [61, 291], [234, 454]] as const;
const uprightPairs = [[10, 152], [151, 175]] as const;

/** The head's axes in pixels of the frame, z away from the camera: from its right to its left, and down. */
function axesOfMesh({ xy, z }: PointList, frame: Size): readonly [across: Vector, down: Vector] | null {
  if (!z) return null;
  const between = (pairs: readonly (readonly [number, number])[]): Vector =>
    pairs.reduce<Vector>(
      ([x, y, depth], [from, to]) => [
        x + (at(xy, 2 * to) - at(xy, 2 * from)) * frame.width,
        y + (at(xy, 2 * to + 1) - at(xy, 2 * from + 1)) * frame.height,
        depth + (at(z, to) - at(z, from)) * frame.width,
      ],
      [0, 0, 0],
    );
  return [between(levelPairs), between(uprightPairs)];
}

/**
 * A mean head, x to the head's left, y down, z away from the camera, in halves of the distance between the outer corners
 * of its eyes. Measured: the medians of the mesh over 34 portraits from the front, made even left and right.
 */
const meanHead: readonly (readonly [point: number, position: Vector])[] = [
  [30, [0, 0.8, -0.95]],
  [8, [0, 2.37, 0.09]],
  [36, [-1, 0, 0]],
  [45, [1, 0, 0]],
  [48, [-0.6, 1.46, -0.05]],
  [54, [0.6, 1.46, -0.05]],
];

/**
 * The first two rows of the camera that sees the mean head at these points, by least squares without perspective, as the
 * picture of the head's axes; their depth is what the rows lack to be of one length and at right angles.
 */
function axesOfMeanHead({ xy }: PointList, frame: Size): readonly [across: Vector, down: Vector] | null {
  const seen = meanHead.map(([point]) => [at(xy, 2 * point) * frame.width, at(xy, 2 * point + 1) * frame.height] as const);
  const rowX = solveRow(seen.map(([x]) => x));
  const rowY = solveRow(seen.map(([, y]) => y));
  if (!rowX || !rowY) return null;
  const scale = (Math.hypot(...rowX) + Math.hypot(...rowY)) / 2;
  const [right, down] = [divided(rowX, scale), divided(rowY, scale)];
  const away = cross(right, down);
  return [
    [right[0], down[0], away[0]],
    [right[1], down[1], away[1]],
  ];
}

/** The row r with r X + t closest to the values, X the mean head. */
function solveRow(values: readonly number[]): Vector | null {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const moment: Vector = centred.reduce<Vector>(
    ([x, y, z], position, i) => {
      const value = (values[i] as number) - mean;
      return [x + position[0] * value, y + position[1] * value, z + position[2] * value];
    },
    [0, 0, 0],
  );
  // The mean head is its own mirror image: x is apart, y and z are bound together.
  const det = spread.yy * spread.zz - spread.yz * spread.yz;
  const row: Vector = [moment[0] / spread.xx, (moment[1] * spread.zz - moment[2] * spread.yz) / det, (moment[2] * spread.yy - moment[1] * spread.yz) / det];
  return row.every(Number.isFinite) && Math.hypot(...row) > 0 ? row : null;
}

const centred: readonly Vector[] = centre(meanHead.map(([, position]) => position));
const spread = {
  xx: sumOf(([x]) => x * x),
  yy: sumOf(([, y]) => y * y),
  zz: sumOf(([, , z]) => z * z),
  yz: sumOf(([, y, z]) => y * z),
};

function centre(positions: readonly Vector[]): readonly Vector[] {
  const sum = (axis: 0 | 1 | 2): number => positions.reduce((total, position) => total + position[axis], 0) / positions.length;
  const [x0, y0, z0] = [sum(0), sum(1), sum(2)];
  return positions.map(([x, y, z]) => [x - x0, y - y0, z - z0]);
}

function sumOf(term: (position: Vector) => number): number {
  return centred.reduce((sum, position) => sum + term(position), 0);
}

function divided([x, y, z]: Vector, by: number): Vector {
  return [x / by, y / by, z / by];
}

function cross([ax, ay, az]: Vector, [bx, by, bz]: Vector): Vector {
  return [ay * bz - az * by, az * bx - ax * bz, ax * by - ay * bx];
}

function at(list: Float32Array, index: number): number {
  return list[index] as number;
}
