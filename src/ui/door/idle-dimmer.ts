import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Darkens the screen when nobody has been there for a while. A state of the kiosk, or a touch, wakes it. */
export class IdleDimmer implements ReactiveController {
  #dimmed = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #calm = false;
  readonly #host: ReactiveControllerHost;
  readonly #afterMs: () => number;
  readonly #onDim: () => void;

  /** @param onDim told when it gets dark: what a visitor has set for the visit ends then */
  constructor(host: ReactiveControllerHost, afterMs: () => number, onDim: () => void) {
    this.#host = host;
    this.#afterMs = afterMs;
    this.#onDim = onDim;
    host.addController(this);
  }

  get dimmed(): boolean {
    return this.#dimmed;
  }

  hostConnected(): void {
    for (const type of ['pointerdown', 'keydown'] as const) addEventListener(type, this.#woken);
  }

  hostDisconnected(): void {
    for (const type of ['pointerdown', 'keydown'] as const) removeEventListener(type, this.#woken);
    clearTimeout(this.#timer);
    this.#calm = false;
    this.#dimmed = false;
  }

  /** @param calm nobody is at the door */
  see(calm: boolean): void {
    if (calm === this.#calm) return;
    this.#calm = calm;
    this.#begin();
  }

  readonly #woken = (): void => {
    this.#begin();
  };

  #begin(): void {
    clearTimeout(this.#timer);
    this.#set(false);
    if (this.#calm) this.#timer = setTimeout(() => this.#set(true), this.#afterMs());
  }

  #set(dimmed: boolean): void {
    if (dimmed === this.#dimmed) return;
    this.#dimmed = dimmed;
    if (dimmed) this.#onDim();
    this.#host.requestUpdate();
  }
}
