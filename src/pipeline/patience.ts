import type { Clock, Err, Failure, Ok } from '../base/index.ts';
import { withDeadline } from '../base/index.ts';

/** So much later than it was set, a timer tells of a page that stood still: a device that slept, a tab that was frozen. */
const stoodStillMs = 1_000;

/**
 * Waits for `work` at most `limitMs` of a page that is awake. Where the page itself stood still, the answer may be on its way
 * and gets as much time once more.
 */
export async function withPatience<T>(work: Promise<T>, limitMs: number, what: string, clock: Clock): Promise<Ok<T> | Err<Failure<'timeout'>>> {
  const startMs = clock.nowMs();
  const answer = await withDeadline(work, limitMs, what);
  if (answer.ok || clock.nowMs() - startMs < limitMs + stoodStillMs) return answer;
  return withDeadline(work, limitMs, what);
}
