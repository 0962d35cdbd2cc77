import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Loads what a view is made of when it is first shown, and tells the view when it is there, or that it could not be had. */
export class LazyParts<T> implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  #load: (() => Promise<T>) | null = null;
  #parts: T | null = null;
  #failed = false;
  #done: Promise<void> = Promise.resolve();

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  /** null until it is loaded. */
  get parts(): T | null {
    return this.#parts;
  }

  get failed(): boolean {
    return this.#failed;
  }

  /** Ends with the loading, however it ends. */
  get done(): Promise<void> {
    return this.#done;
  }

  hostConnected(): void {
    if (this.#failed) this.retry();
  }

  /** @param load null until the app has its parts */
  want(load: (() => Promise<T>) | null): void {
    if (load === this.#load) return;
    this.#load = load;
    this.retry();
  }

  readonly retry = (): void => {
    this.#done = this.#open();
  };

  async #open(): Promise<void> {
    const load = this.#load;
    if (!load) return;
    this.#failed = false;
    this.#host.requestUpdate();
    try {
      this.#parts = await load();
    } catch (thrown) {
      this.#failed = true;
      // A file that could not be fetched is told by the view; anything else must not be lost.
      reportError(thrown);
    }
    this.#host.requestUpdate();
  }
}
