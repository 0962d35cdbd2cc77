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

/** A posture that the points bear out less is no posture that one should read of. */
const toldAt = { on: 0.35, off: 0.28 };
const sureAt = { on: 0.65, off: 0.55 };

/** @param before what was told of the same body last, for the hysteresis; null for a body that is new */
export function readBody(facts: PoseFacts, before: BodyReading | null): BodyReading {
  const { posture, postureConfidence, leftHandRaised, rightHandRaised } = facts;
  const same = before?.posture === posture;
  const told = posture !== 'not-sure' && pastThreshold(postureConfidence, same, toldAt);
  return {
    posture: told ? posture : 'not-sure',
    sure: told && pastThreshold(postureConfidence, same && before.sure, sureAt),
    leftHandRaised,
    rightHandRaised,
  };
}
