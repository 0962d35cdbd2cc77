import type { BoxXyxy } from '../geometry/index.ts';
import { area } from '../geometry/index.ts';

/** Somebody who waits to be looked at. */
export interface Waiting {
  readonly key: number;
  readonly box: BoxXyxy;
  /** When they were last looked at; minus infinity for never. */
  readonly lookedMs: number;
}

/**
 * Whose turn it is when not everybody can be looked at in one frame: who has waited longest; of those who have waited
 * the same time the largest, who is nearest; then the lower key. So everybody has a turn in as many frames as it takes.
 */
export function inTurn(waiting: readonly Waiting[], count: number): readonly number[] {
  return [...waiting]
    .sort((a, b) => compare(a.lookedMs, b.lookedMs) || area(b.box) - area(a.box) || a.key - b.key)
    .slice(0, Math.max(0, count))
    .map(({ key }) => key);
}

/** The difference, defined for two infinities as well. */
function compare(a: number, b: number): number {
  return a === b ? 0 : a - b;
}
