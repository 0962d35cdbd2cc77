import { createHmac } from 'node:crypto';
import type { Calendar, Clock, Result } from '../../../base/index.ts';
import { err, messageOf, ok } from '../../../base/index.ts';
import type { Confirmer } from '../../../doorlink/index.ts';
import type { WebhookConfig } from '../config.ts';
import type { DoorOutput, OutputFailure, PulseOrder } from '../door-output.ts';
import type { ReadState } from './polled-state.ts';
import { PolledState } from './polled-state.ts';

/** Errors that come before a byte of the request is sent. */
const unreachable: ReadonlySet<string> = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'UND_ERR_CONNECT_TIMEOUT']);
/** Largest answer of a sensor that is read. */
const maxStateChars = 64;

/**
 * Posts an order to an address. A 2xx answer in time is the receiver's word that it opened; any other answer, a redirect
 * too, is its no. `x-lintel-signature` is `sha256=` and the HMAC-SHA-256, in hex, of `x-lintel-timestamp` (seconds since
 * 1970), a dot and the body, under the shared secret. A receiver that checks both, and that `expiresAtMs` of the body is
 * not over, is safe from a request that the network held back.
 */
export class WebhookOutput implements DoorOutput {
  readonly ready = true;
  readonly #polled: PolledState;

  constructor(
    private readonly config: WebhookConfig,
    private readonly clock: Clock,
    private readonly calendar: Calendar,
  ) {
    this.#polled = new PolledState(config.state ? readFrom(config.state.url) : null, config.state?.everyMs ?? 0);
  }

  get state() {
    return this.#polled.state;
  }

  async pulse({ doorId, kioskId, decisionId, untilMs, untilEpochMs }: PulseOrder): Promise<Result<Confirmer, OutputFailure>> {
    const leftMs = untilMs - this.clock.nowMs();
    if (leftMs <= 0) return err('output-refused', 'its time was over');
    const body = JSON.stringify({ event: 'open', doorId, kioskId, decisionId, expiresAtMs: untilEpochMs });
    const timestamp = String(Math.floor(this.calendar.epochMs() / 1000));
    const signature = createHmac('sha256', this.config.secret).update(`${timestamp}.${body}`).digest('hex');
    // A connection of its own: one that was kept may end in the very moment it is used, and then nobody knows.
    const headers = { connection: 'close', 'content-type': 'application/json', 'x-lintel-timestamp': timestamp, 'x-lintel-signature': `sha256=${signature}` };
    try {
      const answer = await fetch(this.config.url, { method: 'POST', headers, body, redirect: 'manual', signal: AbortSignal.timeout(Math.ceil(leftMs)) });
      await answer.body?.cancel();
      return answer.ok ? ok('receiver') : err('output-refused', `status ${answer.status}`);
    } catch (thrown) {
      return err(codeOf(thrown), messageOf(thrown));
    }
  }

  onChange(listener: () => void): () => void {
    return this.#polled.onChange(listener);
  }

  close(): Promise<void> {
    return this.#polled.close();
  }
}

function codeOf(thrown: unknown): OutputFailure['code'] {
  if (thrown instanceof Error && thrown.name === 'TimeoutError') return 'output-timeout';
  const cause = thrown instanceof Error ? (thrown.cause as NodeJS.ErrnoException | undefined) : undefined;
  return unreachable.has(cause?.code ?? '') ? 'output-offline' : 'output-lost';
}

function readFrom(url: string): ReadState {
  return async (signal) => {
    try {
      const answer = await fetch(url, { redirect: 'manual', signal: AbortSignal.any([signal, AbortSignal.timeout(5000)]) });
      if (answer.ok && answer.body) return await shortText(answer.body);
      await answer.body?.cancel();
      return null;
    } catch {
      return null;
    }
  };
}

/** What is used of a stream of bytes. */
interface ByteStream {
  getReader(): { read(): Promise<{ readonly done: boolean; readonly value?: Uint8Array<ArrayBuffer> | undefined }>; cancel(): Promise<void> };
}

/** The whole text, or null when it is longer than any state. */
async function shortText(body: ByteStream): Promise<string | null> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let text = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text;
    text += decoder.decode(value ?? new Uint8Array(), { stream: true });
    if (text.length <= maxStateChars) continue;
    await reader.cancel();
    return null;
  }
}
