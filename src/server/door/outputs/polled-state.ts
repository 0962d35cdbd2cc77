import { Changes } from '../changes.ts';
import type { SensedState } from '../door-output.ts';

/** Reads the door's sensor; null when it cannot be read. */
export type ReadState = (signal: AbortSignal) => Promise<string | null>;

/** Asks for the state again and again; what is neither `open` nor `closed` is `unknown`. */
export class PolledState {
  readonly #changes = new Changes();
  readonly #stop = new AbortController();
  readonly #loop: Promise<void>;
  #state: SensedState = 'unknown';

  /** @param read null for a door without a sensor */
  constructor(read: ReadState | null, everyMs: number) {
    this.#loop = read ? this.#follow(read, everyMs) : Promise.resolve();
  }

  get state(): SensedState {
    return this.#state;
  }

  onChange(listener: () => void): () => void {
    return this.#changes.add(listener);
  }

  async close(): Promise<void> {
    this.#stop.abort();
    await this.#loop;
  }

  async #follow(read: ReadState, everyMs: number): Promise<void> {
    const { signal } = this.#stop;
    while (!signal.aborted) {
      const said = (await read(signal))?.trim().toLowerCase();
      const next = said === 'open' || said === 'closed' ? said : 'unknown';
      if (next !== this.#state) {
        this.#state = next;
        this.#changes.tell();
      }
      await this.#pause(everyMs);
    }
  }

  #pause(ms: number): Promise<void> {
    const { signal } = this.#stop;
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        signal.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, signal.aborted ? 0 : ms);
      signal.addEventListener('abort', done);
    });
  }
}
