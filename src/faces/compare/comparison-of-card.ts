import type { VectorCard } from '../../runtime/index.ts';
import type { ImpostorDistances } from '../threshold/impostor-distances.ts';
import type { DescriptorRule } from './descriptor-rule.ts';

/** How the numbers of a descriptor are compared, and how far apart it puts different people; null for a model that only scores. */
export function comparisonOfCard({ id, length, compare }: VectorCard): { readonly rule: DescriptorRule; readonly impostors: ImpostorDistances } | null {
  if (!compare) return null;
  return { rule: { modelId: id, length, metric: compare.metric }, impostors: { modelId: id, ...compare.impostors } };
}
