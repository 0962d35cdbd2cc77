import type { Size } from '../../geometry/index.ts';
import type { PointList } from '../points/point-list.ts';
import type { EyePoints, FeaturePoints } from './feature-points.ts';

/** A measure of a face and the two values of it that mean 0 and 1. */
interface Scale {
  readonly zero: number;
  readonly one: number;
}

/** Height of the eye by its width. Ref: Soukupova, Cech: Real-Time Eye Blink Detection using Facial Landmarks, CVWW 2016. */
const eyeScale: Scale = { zero: 0.11, one: 0.31 };
/** Gap between the lips by the width of the mouth. */
const mouthScale: Scale = { zero: 0.04, one: 0.6 };
/** Width of the mouth by the distance between the outer corners of the eyes. */
const widthScale: Scale = { zero: 0.52, one: 0.68 };
/** How far the corners of the mouth are above its middle, by its width. */
const liftScale: Scale = { zero: -0.02, one: 0.12 };

/** How far an eye is open, 0..1. `foreshortening` is the cosine of the head's turn: it narrows the eye. */
export function eyeOpen(points: PointList, { corners, lids }: EyePoints, frame: Size, foreshortening: number): number {
  const width = distance(points, corners[0], corners[1], frame) / foreshortening;
  const height = lids.reduce((sum, [upper, lower]) => sum + distance(points, upper, lower, frame), 0) / lids.length;
  return onScale(height / width, eyeScale);
}

/** How far the mouth is open, 0..1. */
export function mouthOpen(points: PointList, { corners, gaps }: FeaturePoints['mouth'], frame: Size, foreshortening: number): number {
  const width = distance(points, corners[0], corners[1], frame) / foreshortening;
  const gap = Math.max(...gaps.map(([upper, lower]) => distance(points, upper, lower, frame)));
  return onScale(gap / width, mouthScale);
}

/** How broad a smile is, 0..1: half by the width of the mouth, half by how its corners are lifted. */
export function smile(points: PointList, { mouth, leftEye, rightEye }: FeaturePoints, frame: Size): number {
  const width = distance(points, mouth.corners[0], mouth.corners[1], frame);
  const eyes = distance(points, rightEye.corners[0], leftEye.corners[0], frame);
  const level = along(points, rightEye.corners[0], leftEye.corners[0], frame);
  // Down the face: the direction of the eyes turned by a quarter.
  const depthOf = (point: number): number => xPx(points, point, frame) * -level.y + yPx(points, point, frame) * level.x;
  const middle = (depthOf(mouth.middle[0]) + depthOf(mouth.middle[1])) / 2;
  const cornersAt = (depthOf(mouth.corners[0]) + depthOf(mouth.corners[1])) / 2;
  return (onScale(width / eyes, widthScale) + onScale((middle - cornersAt) / width, liftScale)) / 2;
}

/** Distance of two points in pixels of the frame. */
export function distance(points: PointList, a: number, b: number, frame: Size): number {
  return Math.hypot(xPx(points, b, frame) - xPx(points, a, frame), yPx(points, b, frame) - yPx(points, a, frame));
}

function along(points: PointList, a: number, b: number, frame: Size): { readonly x: number; readonly y: number } {
  const length = distance(points, a, b, frame);
  return { x: (xPx(points, b, frame) - xPx(points, a, frame)) / length, y: (yPx(points, b, frame) - yPx(points, a, frame)) / length };
}

function xPx({ xy }: PointList, point: number, { width }: Size): number {
  return (xy[2 * point] as number) * width;
}

function yPx({ xy }: PointList, point: number, { height }: Size): number {
  return (xy[2 * point + 1] as number) * height;
}

/** 0..1 between the two ends of a scale; 0 where there is nothing to measure. */
function onScale(value: number, { zero, one }: Scale): number {
  return Number.isFinite(value) ? Math.min(1, Math.max(0, (value - zero) / (one - zero))) : 0;
}
