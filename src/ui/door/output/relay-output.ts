import type { DoorOutput, DoorPosition, KioskClock, PulseResult } from '../../../kiosk/index.ts';
import { serialDoor } from '../../../kiosk/index.ts';
import type { DoorRelay } from '../../../store/index.ts';
import type { HeldRelay, RelayLines } from './relay-lines.ts';

export interface RelayOutputParts {
  readonly relay: DoorRelay;
  readonly lines: RelayLines;
  readonly clock: Pick<KioskClock, 'after'>;
  readonly onPosition: (position: DoorPosition) => void;
}

/** Between two looks at whether the relay is there, in milliseconds. */
export const lookEveryMs = 10_000;

/**
 * The door behind a relay on this device's serial line, for as long as its screen is open. While the relay is not there, the
 * door is `offline`, which puts the kiosk out of service, and a pulse is refused: nothing is kept for later. It is looked for
 * again when something is plugged in, and every ten seconds.
 */
export function relayOutput(parts: RelayOutputParts): DoorOutput & { close(): void } {
  return new RelayOutput(parts);
}

class RelayOutput implements DoorOutput {
  readonly #parts: RelayOutputParts;
  readonly #leavePorts: (() => void) | undefined;
  #held: HeldRelay | null = null;
  /** Until the first look is over nothing is said of the relay: a screen that opens is no door that went away. */
  #hasLooked = false;
  #isLooking = false;
  #isOver = false;
  #endWait: () => void;

  constructor(parts: RelayOutputParts) {
    this.#parts = parts;
    this.#leavePorts = parts.lines.ports?.watch(() => void this.#look());
    this.#endWait = parts.clock.after(lookEveryMs, () => this.#lookAgain());
    void this.#look();
  }

  async pulse(decisionId: string, signal: AbortSignal): Promise<PulseResult> {
    return this.#held ? serialDoor(this.#held).pulse(decisionId, signal) : { outcome: 'refused', code: 'output-offline' };
  }

  position(): DoorPosition {
    return this.#held || !this.#hasLooked ? 'unknown' : 'offline';
  }

  close(): void {
    this.#isOver = true;
    this.#leavePorts?.();
    this.#endWait();
    this.#drop();
  }

  #lookAgain(): void {
    this.#endWait = this.#parts.clock.after(lookEveryMs, () => this.#lookAgain());
    void this.#look();
  }

  async #look(): Promise<void> {
    if (this.#isLooking || this.#isOver) return;
    this.#isLooking = true;
    try {
      const { relay, lines } = this.#parts;
      if (this.#held && !(await lines.isThere(relay, this.#held))) this.#drop();
      if (!this.#held) await this.#take();
    } finally {
      this.#isLooking = false;
    }
  }

  async #take(): Promise<void> {
    const { relay, lines } = this.#parts;
    const mine: { held: HeldRelay | null; isBroken: boolean } = { held: null, isBroken: false };
    const opened = await lines.open(relay, () => {
      mine.isBroken = true;
      if (mine.held && this.#held === mine.held) this.#drop();
    });
    mine.held = opened.ok ? opened.value : null;
    if (this.#isOver || mine.isBroken) void mine.held?.close();
    else this.#held = mine.held;
    this.#hasLooked = true;
    if (!this.#isOver) this.#parts.onPosition(this.position());
  }

  #drop(): void {
    void this.#held?.close();
    this.#held = null;
    if (!this.#isOver) this.#parts.onPosition('offline');
  }
}
