import type { ImpostorDistances } from '../../faces/index.ts';
import type { DoorSettings } from '../../store/index.ts';
import type { FrameRules, KioskRules, LivenessRules } from '../rules.ts';

/** What the owner has chosen, as the kiosk takes it. @param bars measured with the networks that ship */
export function rulesOfSettings(settings: DoorSettings, bars: LivenessRules['bars']): KioskRules {
  const { mode, claimWays, secondFactor, faceAlone, pinInstead, targetFalseMatchRate, liveness } = settings;
  return { mode, claimWays, secondFactor, faceAloneSigned: faceAlone !== null, pinInstead, targetFalseMatchRate, liveness: { ...liveness, bars } };
}

/**
 * How frames are judged with one network. Rules of thumb, not measured at a door: three frames over a quarter of a second
 * fit into the second that people wait, and the second person must be farther by a twentieth of how far apart people are
 * in the middle, whatever the scale of the network's numbers is.
 */
export function frameRulesFor({ quantiles }: ImpostorDistances): FrameRules {
  const middle = quantiles.find(({ rate }) => rate >= 0.5) ?? quantiles.at(-1);
  return { minFrames: 3, minSpanMs: 250, maxAgeMs: 12_000, maxSilenceMs: 1500, minQuality: 0.5, maxAgainst: 0.25, margin: (middle?.distance ?? 0) / 20 };
}
