import type { PoseFacts, Posture } from '../../../landmarks/index.ts';
import { pastThreshold } from './past-threshold.ts';

/** What is told of a body. Left and right are the person's own. */
export interface BodyReading {
  readonly posture: Posture;
  /** The key points bear the posture out well. */
  readonly sure: boolean;
  readonly leftHandRaised: boolean;
  readonly rightHandRaised: boolean;
}

const sureAt = { on: 0.85, off: 0.75 };

/** @param before what was told of the same body last, for the hysteresis; null for a body that is new */
export function readBody(facts: PoseFacts, before: BodyReading | null): BodyReading {
  const { posture, postureConfidence, leftHandRaised, rightHandRaised } = facts;
  const same = before?.posture === posture;
  return { posture, sure: pastThreshold(postureConfidence, same && before.sure, sureAt), leftHandRaised, rightHandRaised };
}
