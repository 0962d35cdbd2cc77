import type { LevelPoints } from '../crop/point-region.ts';
import type { Part } from './part.ts';

/** The outer corners of the eyes. */
export const levelOf68: LevelPoints = [36, 45];

export type FacePartName = 'jaw' | 'right-brow' | 'left-brow' | 'nose-bridge' | 'nose-base' | 'right-eye' | 'left-eye' | 'outer-lips' | 'inner-lips';

/**
 * The 68 points of a face and how they are joined.
 * Ref: Sagonas et al.: 300 Faces in-the-Wild Challenge, IMAVIS 2016 (the mark-up of Multi-PIE, counted from 0).
 */
export const face68Parts: readonly Part<FacePartName>[] = [
  { name: 'jaw', indices: range(0, 16), closed: false },
  { name: 'right-brow', indices: range(17, 21), closed: false },
  { name: 'left-brow', indices: range(22, 26), closed: false },
  { name: 'nose-bridge', indices: range(27, 30), closed: false },
  { name: 'nose-base', indices: range(31, 35), closed: false },
  { name: 'right-eye', indices: range(36, 41), closed: true },
  { name: 'left-eye', indices: range(42, 47), closed: true },
  { name: 'outer-lips', indices: range(48, 59), closed: true },
  { name: 'inner-lips', indices: range(60, 67), closed: true },
];

/** For each point the one that takes its place in the mirrored face. */
export const face68Mirror: readonly number[] = [
  ...range(0, 16).reverse(),
  ...range(17, 26).reverse(),
  ...range(27, 30),
  ...range(31, 35).reverse(),
  ...[45, 44, 43, 42, 47, 46],
  ...[39, 38, 37, 36, 41, 40],
  ...[54, 53, 52, 51, 50, 49, 48, 59, 58, 57, 56, 55],
  ...[64, 63, 62, 61, 60, 67, 66, 65],
];

function range(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, i) => first + i);
}
