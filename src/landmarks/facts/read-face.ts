import type { Size } from '../../geometry/index.ts';
import type { PointList } from '../points/point-list.ts';
import type { EyePixels } from './eye-pixels.ts';
import type { FaceFacts } from './face-facts.ts';
import type { EyePoints, FacePointsKind } from './feature-points.ts';
import { featurePoints } from './feature-points.ts';
import { gazeOf } from './gaze.ts';
import { headPose } from './head-pose.ts';
import { distance, eyeOpen, mouthOpen, smile } from './openness.ts';

/** Beyond this turn the eye on the far side cannot be measured. */
const farEyeYawRad = 0.55;
/** Beyond this turn a mouth is seen from its side. */
const profileYawRad = 0.8;
/** A face whose outer eye corners are closer than this shows where it is, not how it looks. */
const leastEyesPx = 20;
/** An eye that is less open than this shows no iris. */
const openToLook = 0.25;

/**
 * What the points of one face tell, but for its blinks, which take time to tell (see `BlinkCounter`). Every number is
 * finite; what cannot be told from this view is null.
 *
 * @param eyePixels without them there is no gaze
 */
export function faceFacts(points: PointList, kind: FacePointsKind, frame: Size, eyePixels?: EyePixels): Omit<FaceFacts, 'blinks'> {
  const features = featurePoints[kind];
  const pose = headPose(points, kind, frame);
  const { yawRad } = pose;
  const foreshortening = Math.max(0.3, Math.cos(yawRad));
  const isLarge = distance(points, features.rightEye.corners[0], features.leftEye.corners[0], frame) / foreshortening >= leastEyesPx;
  const openOf = (eye: EyePoints, turnAway: number): number | null =>
    isLarge && turnAway < farEyeYawRad && eye.contour.every((i) => points.inside[i] === 1) ? eyeOpen(points, eye, frame, foreshortening) : null;
  // A head that turns to its left takes its left eye away from the camera.
  const [leftEyeOpen, rightEyeOpen] = [openOf(features.leftEye, yawRad), openOf(features.rightEye, -yawRad)];
  const seesMouth = isLarge && Math.abs(yawRad) < profileYawRad && features.mouth.corners.every((i) => points.inside[i] === 1);
  const looking: EyePixels = {
    left: (leftEyeOpen ?? 0) >= openToLook ? (eyePixels?.left ?? null) : null,
    right: (rightEyeOpen ?? 0) >= openToLook ? (eyePixels?.right ?? null) : null,
  };
  return {
    ...pose,
    leftEyeOpen,
    rightEyeOpen,
    mouthOpen: seesMouth ? mouthOpen(points, features.mouth, frame, foreshortening) : null,
    smile: seesMouth && Math.abs(yawRad) < farEyeYawRad ? smile(points, features, frame) : null,
    gaze: gazeOf(points, features, frame, looking),
  };
}
