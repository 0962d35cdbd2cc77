import type { Failure, Result } from '../base/index.ts';
import { err, messageOf, ok, withDeadline } from '../base/index.ts';
import type { Bytes } from './bytes.ts';
import type { PulseOutcome } from './messages.ts';

/** What of a Web Serial port is used. Ref: WICG, Web Serial API */
export interface SerialLine {
  readonly writable: WritableStream<Bytes> | null;
  open(options: { readonly baudRate: number }): Promise<void>;
  close(): Promise<void>;
}

/** What a relay board wants to hear. */
export interface RelayProtocol {
  readonly baudRate: number;
  readonly on: Bytes;
  readonly off: Bytes;
}

/** One-channel USB boards of the kind LCUS-1: start byte, channel, state, and the sum of the three. */
export const lcusRelay: RelayProtocol = { baudRate: 9600, on: Uint8Array.of(0xa0, 1, 1, 0xa2), off: Uint8Array.of(0xa0, 1, 0, 0xa1) };

export interface SerialRelayOptions {
  readonly protocol: RelayProtocol;
  /** How long the relay is on, in milliseconds. */
  readonly pulseMs: number;
  /** The relay could not be switched off, or the line is gone: somebody must look. */
  readonly onFault: (detail: string) => void;
}

const writeLimitMs = 1000;

/**
 * A relay board on a serial line of this very device: a door without a bridge, in browsers that have Web Serial. It is
 * the weaker way. Board and cable must be out of a visitor's reach, nothing confirms that the lock moved, used decisions
 * are forgotten with the page, and a page that dies in the middle of a pulse leaves the relay on until the next
 * `openSerialRelay`, which switches it off first. Where that matters, take a board that switches itself off, or the bridge.
 */
export interface SerialRelay {
  /** Switches on, and off again after `pulseMs`. At most once for a decision, one at a time; nothing is kept for later. */
  pulse(decisionId: string, signal?: AbortSignal): Promise<PulseOutcome>;
  /** Switches off and lets go of the line, in three seconds at most; call it when the page hides for good, too. */
  close(): Promise<void>;
}

/** Takes the line and switches the relay off. */
export async function openSerialRelay(line: SerialLine, options: SerialRelayOptions): Promise<Result<SerialRelay, Failure<'line-unavailable'>>> {
  try {
    await line.open({ baudRate: options.protocol.baudRate });
  } catch (thrown) {
    return err('line-unavailable', messageOf(thrown));
  }
  const writer = line.writable?.getWriter();
  if (!writer) return err('line-unavailable', 'nothing can be written to it');
  const relay = new OpenRelay(line, writer, options);
  const isOff = await relay.switchOff();
  if (isOff) return ok(relay);
  await relay.close();
  return err('line-unavailable', 'the relay could not be switched off');
}

class OpenRelay implements SerialRelay {
  readonly #used = new Set<string>();
  #phase: 'off' | 'on' | 'gone' = 'off';
  #offTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly line: SerialLine,
    private readonly writer: WritableStreamDefaultWriter<Bytes>,
    private readonly options: SerialRelayOptions,
  ) {}

  async pulse(decisionId: string, signal?: AbortSignal): Promise<PulseOutcome> {
    if (this.#phase === 'gone') return { outcome: 'refused', code: 'output-offline' };
    if (signal?.aborted) return { outcome: 'refused', code: 'expired' };
    if (this.#used.has(decisionId)) return { outcome: 'refused', code: 'decision-used' };
    if (this.#phase === 'on') return { outcome: 'refused', code: 'busy' };
    this.#used.add(decisionId);
    this.#phase = 'on';
    const written = await this.#write(this.options.protocol.on);
    if (written !== 'written') return { outcome: 'unknown', code: written === 'late' ? 'output-timeout' : 'output-lost' };
    this.#offTimer = setTimeout(() => void this.switchOff(), this.options.pulseMs);
    return { outcome: 'opened', confirmedBy: 'line' };
  }

  async switchOff(): Promise<boolean> {
    clearTimeout(this.#offTimer);
    if ((await this.#write(this.options.protocol.off)) !== 'written') return false;
    this.#phase = 'off';
    return true;
  }

  async close(): Promise<void> {
    if (this.#phase !== 'gone') await this.switchOff();
    this.#phase = 'gone';
    // It may have been given up before, and a far end that takes nothing would never let go.
    await withDeadline(this.writer.close().catch(() => undefined), writeLimitMs, 'the serial line');
    this.writer.releaseLock();
    await withDeadline(this.line.close().catch(() => undefined), writeLimitMs, 'the serial line');
  }

  /** After anything but `written` the line is given up, with whatever still waits in it. */
  async #write(bytes: Bytes): Promise<'written' | 'late' | 'lost'> {
    const attempt = async () => {
      try {
        await this.writer.write(bytes);
        return 'written';
      } catch {
        return 'lost';
      }
    };
    const done = await withDeadline(attempt(), writeLimitMs, 'the serial line');
    if (done.ok && done.value === 'written') return 'written';
    this.#phase = 'gone';
    const end = done.ok ? 'lost' : 'late';
    this.options.onFault(end === 'lost' ? 'the serial line is gone' : 'the serial line does not take what it is told');
    this.writer.abort().catch(() => undefined);
    return end;
  }
}
