import { comparisonOfCard } from '../../../src/faces/index.ts';
import { shippedVectorModels } from '../../../src/runtime/index.ts';
import type { Comparison } from './play-visit.ts';

export { playVisit } from './play-visit.ts';

/** How the numbers of a shipped network are compared; null for one that makes none. */
export function comparisonOf(modelId: string): Comparison | null {
  const shipped = shippedVectorModels.find(({ card }) => card.id === modelId);
  return shipped ? comparisonOfCard(shipped.card) : null;
}
