import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Said } from './said-line.ts';

/** One thing at a time that the owner does on a page, and what became of it. Its page is drawn anew when either changes. */
export class Undertaking implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  #isBusy = false;
  #said: Said | null = null;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  get isBusy(): boolean {
    return this.#isBusy;
  }

  get said(): Said | null {
    return this.#said;
  }

  hostConnected(): void {
    // A page that is opened again begins without what was said the time before.
    this.#said = null;
  }

  /** Does it, unless another one is on its way. @param work returns what there is to say of it; null: nothing */
  async run(work: () => Promise<Said | null>): Promise<void> {
    if (this.#isBusy) return;
    this.#isBusy = true;
    this.say(null);
    try {
      this.#said = await work();
    } finally {
      this.#isBusy = false;
      this.#host.requestUpdate();
    }
  }

  say(said: Said | null): void {
    this.#said = said;
    this.#host.requestUpdate();
  }
}
