import type { Size } from '../../geometry/index.ts';
import type { FaceFacts, PointList, PoseFacts } from '../../landmarks/index.ts';

/** What the points of a face tell; null where there are none. The mesh tells more than the landmarks. */
export const factsOfFace: (mesh: PointList | null, landmarks: PointList | null, frame: Size) => FaceFacts | null = () => null;

const nothingKnown: PoseFacts = { posture: 'not-sure', postureConfidence: 0, leftHandRaised: false, rightHandRaised: false };

export const factsOfPose: (points: PointList, frame: Size) => PoseFacts = () => nothingKnown;
