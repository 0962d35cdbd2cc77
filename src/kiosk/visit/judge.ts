import type { Result } from '../../base/index.ts';
import { ok } from '../../base/index.ts';
import type { DoorDecision, DoorObservation } from '../../faces/index.ts';
import { decide } from '../../faces/index.ts';
import type { DoorGallery } from '../ports.ts';
import type { FrameRules, KioskRules } from '../rules.ts';
import type { Claim } from './claim.ts';
import { onlyOne } from './claim.ts';
import { cuesOf, requiredCues } from './cues.ts';
import { comparisonFor } from './distances.ts';
import type { Visit } from './visit.ts';

export interface JudgeBy {
  readonly rules: KioskRules;
  readonly frames: FrameRules;
  readonly gallery: DoorGallery;
  readonly claim: Claim | null;
}

/** What the frames of a visit say about the door, now. What cannot be compared is a failure, and opens nothing. */
export function judge(visit: Visit, nowMs: number, { rules, frames, gallery, claim }: JudgeBy): Result<DoorDecision> {
  const comparison = comparisonFor(claim, gallery, rules.targetFalseMatchRate, frames.margin);
  if (!comparison.ok) return comparison;
  const cues = cuesOf(visit, rules.liveness);
  const observations: DoorObservation[] = [];
  for (const { tMs, quality, descriptor } of visit.shots) {
    const distances = comparison.value.distancesTo(descriptor);
    if (!distances.ok) return distances;
    // Frames with several faces end a visit: there is one in all of these.
    observations.push({ tMs, trackId: visit.trackId, modelId: descriptor.modelId, distances: distances.value, quality, cues, faces: 1 });
  }
  return ok(
    decide(observations, {
      ...frames,
      nowMs,
      modelId: gallery.rule.modelId,
      threshold: comparison.value.threshold,
      claimedId: (claim && onlyOne(claim)?.personId) ?? null,
      requiredCues: requiredCues(rules.liveness, visit.challenge),
    }),
  );
}
