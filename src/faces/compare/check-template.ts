import type { Failure, Result } from '../../base/index.ts';
import { err, ok } from '../../base/index.ts';
import type { FaceTemplate } from '../template.ts';
import type { DescriptorRule } from './descriptor-rule.ts';

/** `zero-norm` and `not-finite`: what a network gives that has failed. */
export type CompareFailure = Failure<'other-model' | 'wrong-length' | 'zero-norm' | 'not-finite'>;

/** Numbers of one face, and what made them. */
export type Descriptor = Pick<FaceTemplate, 'modelId' | 'values'>;

/** The length of the vector, of numbers that the rule can compare. */
export function checkedNorm({ modelId, values }: Descriptor, rule: DescriptorRule): Result<number, CompareFailure> {
  if (modelId !== rule.modelId) return err('other-model', `numbers of ${modelId} under the rule of ${rule.modelId}`);
  if (values.length !== rule.length) return err('wrong-length', `${values.length} numbers, ${rule.modelId} gives ${rule.length}`);
  let sum = 0;
  for (const value of values) sum += value * value;
  if (!Number.isFinite(sum)) return err('not-finite', `numbers of ${modelId} that are not finite`);
  return sum > 0 ? ok(Math.sqrt(sum)) : err('zero-norm', `numbers of ${modelId} that are all zero`);
}
