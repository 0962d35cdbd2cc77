import type { Failure, Result } from '../../../base/index.ts';
import type { EngineFailureCode } from '../../../pipeline/index.ts';
import type { Assumed, Corrections, ModelReport, Reading, ReadingOutcome } from '../../../yolo/index.ts';
import { bestReading } from '../../../yolo/index.ts';

/** A reading and what it made of the picture. */
export interface TriedReading extends ReadingOutcome {
  readonly reading: Reading;
}

/** The search for a reading whose boxes make sense on the picture of the trial. */
export type ReadingSearch =
  | { readonly phase: 'searching'; readonly count: number }
  /** `chosen` is the place of the best in `tried`; null when none gives boxes that make sense. */
  | { readonly phase: 'done'; readonly tried: readonly TriedReading[]; readonly chosen: number | null }
  | { readonly phase: 'failed'; readonly failure: Failure<EngineFailureCode> };

/** What a reading states, by the corrections that take it over. */
const parts = ['head', 'colour', 'mean', 'scale', 'fit'] as const satisfies readonly (keyof Reading)[];

export function searchResult(readings: readonly Reading[], outcomes: Result<readonly ReadingOutcome[], Failure<EngineFailureCode>>): ReadingSearch {
  if (!outcomes.ok) return { phase: 'failed', failure: outcomes.failure };
  const tried = readings.flatMap((reading, i) => {
    const outcome = outcomes.value[i];
    return outcome ? [{ reading, ...outcome }] : [];
  });
  return { phase: 'done', tried, chosen: bestReading(tried) };
}

/** Whether a person, and not the trial, has said how the network is to be taken: then no search speaks over them. */
export function statesReading(corrections: Corrections, byTrial: Reading | null): boolean {
  return parts.some((part) => corrections[part] !== undefined && corrections[part] !== byTrial?.[part]);
}

/** Whether a report takes its network as a reading says. */
export function isReadAs({ model: { card } }: ModelReport, reading: Reading): boolean {
  const now: Reading = { head: card.head as Reading['head'], colour: card.input.colour, mean: card.input.mean, scale: card.input.scale, fit: card.input.fit };
  return parts.every((part) => JSON.stringify(now[part]) === JSON.stringify(reading[part]));
}

/** Which assumptions the trial made in place of the doctor: those that a person has not changed since. */
export function chosenByTrial(reading: Reading | null, corrections: Corrections): ReadonlySet<Assumed['about']> {
  const kept = parts.filter((part) => reading !== null && corrections[part] === reading[part]);
  return new Set(kept.filter((part) => part !== 'mean'));
}
