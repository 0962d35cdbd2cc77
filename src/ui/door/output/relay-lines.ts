import type { Failure, Result } from '../../../base/index.ts';
import { err, ok } from '../../../base/index.ts';
import type { PulseOutcome, SerialLine, SerialRelay } from '../../../doorlink/index.ts';
import { lcusRelay, openSerialRelay } from '../../../doorlink/index.ts';
import type { DoorRelay } from '../../../store/index.ts';
import type { SerialPorts } from './serial-port.ts';

/** A relay that is held: nobody else in this page has its line until it is closed. */
export interface HeldRelay extends SerialRelay {
  readonly line: SerialLine;
}

export interface RelayLineParts {
  /** null where this browser has no serial ports. */
  readonly ports: SerialPorts | null;
  /** Tells of `pagehide`. */
  readonly page: Pick<EventTarget, 'addEventListener' | 'removeEventListener'>;
}

/** Opens the relay that was chosen for one holder at a time, the door's screen or the owner's test, and switches it off when the page goes. */
export class RelayLines {
  readonly ports: SerialPorts | null;
  readonly #page: RelayLineParts['page'];
  #before: Promise<void> = Promise.resolve();

  constructor({ ports, page }: RelayLineParts) {
    this.ports = ports;
    this.#page = page;
  }

  /**
   * Waits until the one before has let go, then takes the line and switches the relay off.
   *
   * @param onFault the relay is of no use any more: close it
   * @returns `not-there`: it is not plugged in, or the browser has forgotten that this page may use it.
   * `line-unavailable`: another page has it, or it takes nothing
   */
  async open(relay: DoorRelay, onFault: () => void): Promise<Result<HeldRelay, Failure<'not-there' | 'line-unavailable'>>> {
    const before = this.#before;
    let letGo = (): void => undefined;
    this.#before = new Promise((resolve) => (letGo = resolve));
    await before;
    const line = (await this.ports?.granted(relay)) ?? null;
    const opened = line ? await openSerialRelay(line, { protocol: lcusRelay, pulseMs: relay.pulseMs, onFault }) : err('not-there', 'no port of this kind');
    if (!line || !opened.ok) {
      letGo();
      return opened.ok ? err('not-there', 'no port of this kind') : opened;
    }
    let closing: Promise<void> | null = null;
    const close = (): Promise<void> => {
      this.#page.removeEventListener('pagehide', hide);
      // Once: by the time of another call, somebody else may hold the line.
      closing ??= opened.value.close().then(letGo);
      return closing;
    };
    const hide = (): void => {
      void close();
      onFault();
    };
    this.#page.addEventListener('pagehide', hide);
    return ok({ line, pulse: (decisionId, signal) => opened.value.pulse(decisionId, signal), close });
  }

  /** Whether what is held is still plugged in. */
  async isThere(relay: DoorRelay, held: HeldRelay): Promise<boolean> {
    return (await this.ports?.granted(relay)) === held.line;
  }

  /** One pulse from beginning to end: what it says is known only when the relay is off again. */
  async pulseOnce(relay: DoorRelay, decisionId: string): Promise<PulseOutcome> {
    const now = { isBroken: false };
    const held = await this.open(relay, () => (now.isBroken = true));
    if (!held.ok) return { outcome: 'refused', code: 'output-offline' };
    const outcome = await held.value.pulse(decisionId);
    if (outcome.outcome === 'opened') await new Promise((resolve) => setTimeout(resolve, relay.pulseMs));
    await held.value.close();
    return now.isBroken && outcome.outcome === 'opened' ? { outcome: 'unknown', code: 'output-lost' } : outcome;
  }
}
