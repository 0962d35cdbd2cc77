import type { Threshold } from '../../../faces/index.ts';
import { thresholdFor } from '../../../faces/index.ts';
import type { DoorRisk } from './door-office.ts';

/** Ends of the slider, as powers of ten: one stranger in a hundred to one in a million. */
export const rateSteps = { min: 2, max: 6, step: 0.5 } as const;

/** Place on the slider to share of strangers: 4 is 1 in 10,000. */
export function rateOf(place: number): number {
  return 10 ** -place;
}

export function placeOf(rate: number): number {
  const place = Math.round(-Math.log10(rate) / rateSteps.step) * rateSteps.step;
  return Math.min(rateSteps.max, Math.max(rateSteps.min, place));
}

/** What a target costs at this gallery: the distance, and how many of the right people are refused there. */
export interface RateCost {
  readonly threshold: Threshold;
  readonly falseRejects: number | null;
}

/** null where the target cannot be told from what was measured of the network. */
export function costOf(targetRate: number, { impostors, templates, falseRejects }: DoorRisk): RateCost | null {
  const threshold = thresholdFor(targetRate, Math.max(1, templates), impostors);
  if (!threshold.ok) return null;
  return { threshold: threshold.value, falseRejects: falseRejects?.(threshold.value.distance) ?? null };
}
