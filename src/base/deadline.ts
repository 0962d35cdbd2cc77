import type { Err, Failure, Ok } from './result.ts';
import { err, ok } from './result.ts';

/**
 * Waits for `work` at most `limitMs`. The work itself is not stopped: whoever started it must be able to
 * throw its result away (a worker is terminated, a late stream is closed).
 */
export async function withDeadline<T>(work: Promise<T>, limitMs: number, what: string): Promise<Ok<T> | Err<Failure<'timeout'>>> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<Err<Failure<'timeout'>>>((resolve) => {
    timer = setTimeout(() => resolve(err('timeout', `${what} took longer than ${limitMs} ms`)), limitMs);
  });
  try {
    return await Promise.race([work.then(ok), late]);
  } finally {
    clearTimeout(timer);
  }
}
