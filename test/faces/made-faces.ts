import { seededRandom } from '../../src/base/index.ts';
import type { DescriptorRule } from '../../src/faces/index.ts';

export const modelId = 'made-network';

/** Numbers of a normal distribution. Ref: Box, Muller 1958. */
export function normalNumbers(seed: number): () => number {
  const random = seededRandom(seed);
  return () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

export function ruleOf(length: number, metric: DescriptorRule['metric'] = 'euclidean'): DescriptorRule {
  return { modelId, length, metric };
}

export function madeDescriptor(values: Iterable<number>): { readonly modelId: string; readonly values: Float32Array } {
  return { modelId, values: Float32Array.from(values) };
}

/** People somewhere, and templates about each. */
export function madeTemplates(options: { readonly seed: number; readonly people: number; readonly perPerson: number; readonly length: number; readonly spread: number }): {
  readonly values: Float32Array;
  readonly personOf: Uint32Array;
} {
  const normal = normalNumbers(options.seed);
  const rows = options.people * options.perPerson;
  const values = new Float32Array(rows * options.length);
  const personOf = new Uint32Array(rows);
  for (let person = 0; person < options.people; person++) {
    const middle = Float32Array.from({ length: options.length }, () => 0.3 + normal());
    for (let shot = 0; shot < options.perPerson; shot++) {
      const row = person * options.perPerson + shot;
      personOf[row] = person;
      values.set(middle.map((value) => value + options.spread * normal()), row * options.length);
    }
  }
  return { values, personOf };
}
