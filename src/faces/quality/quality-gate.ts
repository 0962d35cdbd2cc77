import { measureShot } from './measure-shot.ts';
import type { Instruction, QualityBars, QualityVerdict, Shot } from './shot-quality.ts';

/** One thing that a shot needs: what to say without it, and how far it is above its bar, 0 at the bar and below it. */
interface Check {
  readonly say: Instruction;
  /** null: it cannot be told. */
  readonly headroom: number | null;
}

/**
 * Whether a shot is good enough to be kept or to count, and if not, the one thing to do first. What cannot be told is not
 * good enough. The order is the order in which a person can put things right: who, where, light, pose, stillness, cover.
 */
export function qualityGate(shot: Shot | null, bars: QualityBars): QualityVerdict {
  if (!shot || shot.faces === 0) return { instruction: 'no-face', quality: 0, measures: null };
  if (shot.faces !== 1) return { instruction: 'one-person-only', quality: 0, measures: null };
  const measures = measureShot(shot);
  if (!measures) return { instruction: 'cannot-see', quality: 0, measures: null };
  const { facts } = shot;
  const { maxYawRad, maxPitchRad, maxRollRad } = bars;
  const eyeOpen = facts.leftEyeOpen === null || facts.rightEyeOpen === null ? null : Math.min(facts.leftEyeOpen, facts.rightEyeOpen);
  const checks: readonly Check[] = [
    check('come-into-the-picture', above(shot.insideShare, bars.minInside)),
    check('come-closer', above(shot.eyesPx, bars.minEyesPx)),
    check('go-back', below(shot.eyesPx, bars.maxEyesPx)),
    check('more-light', above(measures.mean, bars.minMean)),
    check('less-light', below(measures.mean, bars.maxMean)),
    check('more-light', below(measures.clippedDark, bars.maxClipped)),
    check('less-light', below(measures.clippedBright, bars.maxClipped)),
    check('light-from-the-front', below(measures.sideRatio, bars.maxSideRatio)),
    check('face-the-camera', below(Math.abs(facts.yawRad), maxYawRad)),
    // Positive is up.
    check(facts.pitchRad > 0 ? 'chin-down' : 'chin-up', below(Math.abs(facts.pitchRad), maxPitchRad)),
    check('head-upright', below(Math.abs(facts.rollRad), maxRollRad)),
    check('hold-still', measures.sharpness === null ? null : above(measures.sharpness, bars.minSharpness)),
    check('uncover-eyes', measures.eyeContrast === null ? null : above(measures.eyeContrast, bars.minPartContrast)),
    check('uncover-mouth', measures.mouthContrast === null ? null : above(measures.mouthContrast, bars.minPartContrast)),
    check('open-eyes', eyeOpen === null ? null : above(eyeOpen, bars.minEyeOpen)),
    check('close-mouth', facts.mouthOpen === null ? null : below(facts.mouthOpen, bars.maxMouthOpen)),
  ];
  for (const { say, headroom } of checks) {
    if (headroom === null || Number.isNaN(headroom)) return { instruction: 'cannot-see', quality: 0, measures };
    if (headroom < 0) return { instruction: say, quality: 0, measures };
  }
  const mean = checks.reduce((sum, { headroom }) => sum + Math.min(1, headroom ?? 0), 0) / checks.length;
  return { instruction: 'ok', quality: 0.5 + 0.5 * mean, measures };
}

function check(say: Instruction, headroom: number | null): Check {
  return { say, headroom };
}

/** 0 at the bar, 1 at twice of it. */
function above(value: number, bar: number): number {
  return value / bar - 1;
}

/** 0 at the bar, 1 at nothing. */
function below(value: number, bar: number): number {
  return 1 - value / bar;
}
