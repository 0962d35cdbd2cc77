import type { CueName, CueResult } from './cue.ts';

/** Where a passive measure speaks for life and where against it, from measured distributions; between them it says nothing. */
export interface CueBars {
  /** At this and beyond, on the side of life. */
  readonly passes: number;
  /** At this and beyond, on the side of a picture. */
  readonly fails: number;
  /** Frames that are needed at least. */
  readonly minFrames: number;
}

/** Judges one measure over frames by its median: one odd frame changes nothing. Life may be at the upper or the lower end. */
export function passiveCue(cue: CueName, values: readonly number[], { passes, fails, minFrames }: CueBars): CueResult {
  const result = (outcome: CueResult['outcome'], value: number | null, because: CueResult['because']): CueResult => ({ cue, outcome, value, because });
  if (!values.every(Number.isFinite)) return result('not-sure', null, 'not-finite');
  if (values.length === 0 || values.length < minFrames) return result('not-sure', null, 'too-little');
  const value = medianOf(values);
  const upwards = passes > fails;
  if (upwards ? value >= passes : value <= passes) return result('passed', value, 'as-living');
  if (upwards ? value <= fails : value >= fails) return result('failed', value, 'as-a-picture');
  return result('not-sure', value, 'between');
}

function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? (sorted[half] as number) : ((sorted[half - 1] as number) + (sorted[half] as number)) / 2;
}
