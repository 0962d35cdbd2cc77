import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Ok, Result } from '../../base/index.ts';
import type { PeopleFailure } from './vault-texts.ts';

/** One piece of work with the vault at a time for a view: whether it runs, and why the last one was not done. */
export class VaultWork implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  #runs = false;
  #failure: PeopleFailure | null = null;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  get runs(): boolean {
    return this.#runs;
  }

  get failure(): PeopleFailure | null {
    return this.#failure;
  }

  hostDisconnected(): void {
    this.#failure = null;
  }

  /** @returns null where it was not done, or something else runs */
  async run<T>(work: () => Promise<Result<T, PeopleFailure>>): Promise<Ok<T> | null> {
    if (this.#runs) return null;
    this.#set(true, null);
    let failure: PeopleFailure | null = null;
    try {
      const done = await work();
      if (done.ok) return done;
      ({ failure } = done);
      return null;
    } finally {
      this.#set(false, failure);
    }
  }

  #set(runs: boolean, failure: PeopleFailure | null): void {
    this.#runs = runs;
    this.#failure = failure;
    this.#host.requestUpdate();
  }
}
