import { expect } from 'vitest';
import { mutated, mutatedJson, seededNumbers } from '../support/mutate.ts';
import { watchAllocations } from './watch-allocations.ts';

type Bytes = Uint8Array<ArrayBuffer>;

/** One way in for bytes from outside. */
export interface Format {
  /** Whole examples, which the reader takes. */
  readonly corpus: readonly Bytes[];
  /** Cases that were found once, or that somebody thought of: they are tried as they are. */
  readonly hostile?: readonly Bytes[];
  /** Half of the cases change what the JSON says instead of its letters. */
  readonly isJson?: boolean;
  /** Reads a case. @returns `read`, or the code of the refusal; it throws for nothing */
  readonly read: (bytes: Bytes) => string | Promise<string>;
}

/** Cases of each format: all of them with `npm run test:fuzz`, the first of them in every run. */
export const casesEach = import.meta.env.MODE === 'fuzz' ? 10_000 : 1000;
const slowestMs = 5000;
/** The largest run of memory that one case may ask for, beyond what its own bytes take. */
const mostBytes = 8 * 2 ** 20;

/**
 * Reads thousands of spoiled examples, the same ones on every run. None may throw, take long, or ask for more memory at
 * once than a reader has a use for.
 *
 * @returns how often there was which answer
 */
export async function fuzz(format: Format, seed = 20_310_506): Promise<ReadonlyMap<string, number>> {
  const next = seededNumbers(seed);
  const answers = new Map<string, number>();
  const watch = watchAllocations();
  const look = async (bytes: Bytes, name: string): Promise<void> => {
    const startMs = performance.now();
    watch.reset();
    const answer = await Promise.resolve(format.read(bytes)).catch((thrown: unknown) => Promise.reject(new Error(`${name} of seed ${seed} threw`, { cause: thrown })));
    if (watch.largestBytes > mostBytes + 4 * bytes.byteLength) throw new Error(`${name} of seed ${seed} asked for ${watch.largestBytes} bytes at once`);
    if (performance.now() - startMs > slowestMs) throw new Error(`${name} of seed ${seed} took ${performance.now() - startMs} ms`);
    answers.set(answer, (answers.get(answer) ?? 0) + 1);
  };
  try {
    for (const whole of format.corpus) expect(await format.read(whole)).toBe('read');
    for (const [i, bytes] of (format.hostile ?? []).entries()) await look(bytes, `hostile case ${i}`);
    for (let i = 0; i < casesEach; i++) {
      const whole = format.corpus[i % format.corpus.length];
      if (!whole) throw new Error('a corpus has at least one example');
      const spoiled = format.isJson && next(2) === 0 ? mutatedJson(whole, next) : mutated(whole, next);
      await look(new Uint8Array(spoiled), `case ${i}`);
    }
  } finally {
    watch.end();
  }
  return answers;
}

export const utf8 = (text: string): Bytes => new Uint8Array(new TextEncoder().encode(text));

/** Texts that are meant to hurt whoever reads JSON. */
export const hostileJson: readonly Bytes[] = [
  '['.repeat(100_000),
  '{"a":'.repeat(50_000),
  `${'['.repeat(5000)}${']'.repeat(5000)}`,
  '{"__proto__": {"polluted": 1}}',
  '{"\\u005f_proto__": {"polluted": 1}}',
  '{"constructor": {"prototype": {"polluted": 1}}}',
  '1e999',
  `"${'\\u0000'.repeat(10_000)}"`,
  '\uFEFF{}',
  '',
].map(utf8);
