import type { Failure, Result } from '../base/index.ts';
import { err, messageOf, ok, withDeadline } from '../base/index.ts';
import { maxWireBytes } from './signed.ts';

/** What of `fetch` is used; the page gives `(path, init) => fetch(path, init)`. */
export type DoorFetch = (
  path: string,
  init: {
    readonly method: 'POST';
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string;
    readonly signal: AbortSignal;
    readonly redirect: 'error';
    readonly cache: 'no-store';
    readonly credentials: 'omit';
  },
) => Promise<{ readonly status: number; text(): Promise<string> }>;

/** `bridge-unreachable`: no connection, or no bridge there; `bridge-slow`: no answer in time. */
export type PostFailure = Failure<'bridge-unreachable' | 'bridge-slow' | 'bad-answer'>;

/**
 * Sends one JSON text and gives the answer's text.
 *
 * @param limitMs longest for the whole exchange
 */
export async function postJson(fetch: DoorFetch, path: string, body: string, limitMs: number, signal?: AbortSignal): Promise<Result<string, PostFailure>> {
  const cut = new AbortController();
  const stop = () => cut.abort();
  signal?.addEventListener('abort', stop);
  if (signal?.aborted) stop();
  const exchange = async (): Promise<Result<string, PostFailure>> => {
    try {
      const headers = { 'content-type': 'application/json' };
      const answer = await fetch(path, { method: 'POST', headers, body, signal: cut.signal, redirect: 'error', cache: 'no-store', credentials: 'omit' });
      if (![200, 400, 403, 409].includes(answer.status)) return err('bridge-unreachable', `${path}: status ${answer.status}`);
      const text = await answer.text();
      return text.length <= maxWireBytes ? ok(text) : err('bad-answer', `${path}: ${text.length} characters`);
    } catch (thrown) {
      return err('bridge-unreachable', `${path}: ${messageOf(thrown)}`);
    }
  };
  try {
    const answered = await withDeadline(exchange(), limitMs, path);
    return answered.ok ? answered.value : err('bridge-slow', answered.failure.detail);
  } finally {
    cut.abort();
    signal?.removeEventListener('abort', stop);
  }
}
