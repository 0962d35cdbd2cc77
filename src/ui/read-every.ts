import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Reads at once and then every so often what an element shows, for as long as it is in the page. */
export class ReadEvery implements ReactiveController {
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(
    host: ReactiveControllerHost,
    private readonly everyMs: number,
    private readonly read: () => Promise<void>,
  ) {
    host.addController(this);
  }

  hostConnected(): void {
    void this.read();
    this.#timer = setInterval(() => void this.read(), this.everyMs);
  }

  hostDisconnected(): void {
    clearInterval(this.#timer);
  }
}
