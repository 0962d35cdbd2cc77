/**
 * The 17 key points of a body in their order; sides are the person's own.
 * Ref: COCO key points (Lin et al.: Microsoft COCO, ECCV 2014; cocodataset.org, data format).
 */
export const body17Names = [
  'nose',
  'left-eye',
  'right-eye',
  'left-ear',
  'right-ear',
  'left-shoulder',
  'right-shoulder',
  'left-elbow',
  'right-elbow',
  'left-wrist',
  'right-wrist',
  'left-hip',
  'right-hip',
  'left-knee',
  'right-knee',
  'left-ankle',
  'right-ankle',
] as const;

export type BodyPoint = (typeof body17Names)[number];

/** The limbs of the skeleton as pairs of points. Ref: `skeleton` of COCO's category person, counted from 0. */
export const body17Limbs: readonly (readonly [from: number, to: number])[] = [
  [15, 13],
  [13, 11],
  [16, 14],
  [14, 12],
  [11, 12],
  [5, 11],
  [6, 12],
  [5, 6],
  [5, 7],
  [6, 8],
  [7, 9],
  [8, 10],
  [1, 2],
  [0, 1],
  [0, 2],
  [1, 3],
  [2, 4],
  [3, 5],
  [4, 6],
];

/** For each point the one that takes its place in the mirrored body. */
export const body17Mirror: readonly number[] = [0, 2, 1, 4, 3, 6, 5, 8, 7, 10, 9, 12, 11, 14, 13, 16, 15];
