import type { Result } from '../../base/index.ts';
import { ok } from '../../base/index.ts';
import type { CompareFailure, Descriptor } from './check-template.ts';
import { checkedNorm } from './check-template.ts';
import type { DescriptorRule } from './descriptor-rule.ts';

/**
 * How far two faces are apart by the metric of their network: 0 for the same numbers, never negative. What cannot be
 * compared is a failure, never a large distance.
 * Example: (3, 0) and (0, 4) are 5 apart by the Euclidean metric and 1 by the cosine.
 */
export function compare(a: Descriptor, b: Descriptor, rule: DescriptorRule): Result<number, CompareFailure> {
  const normA = checkedNorm(a, rule);
  if (!normA.ok) return normA;
  const normB = checkedNorm(b, rule);
  if (!normB.ok) return normB;
  return ok(rule.metric === 'euclidean' ? Math.sqrt(squaredDistance(a.values, b.values)) : cosineDistance(a.values, b.values, normA.value * normB.value));
}

function squaredDistance(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += ((a[i] as number) - (b[i] as number)) ** 2;
  return sum;
}

function cosineDistance(a: Float32Array, b: Float32Array, norms: number): number {
  let dot = 0;
  for (let i = 0; i < a.length; i++) dot += (a[i] as number) * (b[i] as number);
  return Math.min(2, Math.max(0, 1 - dot / norms));
}
