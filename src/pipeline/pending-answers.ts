import type { Err } from '../base/index.ts';
import type { EngineFailure } from './protocol.ts';

/**
 * The answers that are awaited from an engine. A worker that died or was ended never answers, so whoever waits is let
 * go with a failure when the engine is given up. Nothing is tied to the engine's whole life: a long-lived promise in
 * a `Promise.race` per frame would keep every frame's result.
 */
export class PendingAnswers {
  readonly #letGo = new Set<(failure: EngineFailure) => void>();

  /** The answer, or the failure with which the engine was given up before it came. */
  async wait<T>(answer: Promise<T>): Promise<T | Err<EngineFailure>> {
    let letGo: (failure: EngineFailure) => void = () => undefined;
    const givenUp = new Promise<Err<EngineFailure>>((resolve) => {
      letGo = (failure) => resolve({ ok: false, failure });
    });
    this.#letGo.add(letGo);
    try {
      return await Promise.race([answer, givenUp]);
    } finally {
      this.#letGo.delete(letGo);
    }
  }

  /** Lets everybody go who waits now. */
  giveUp(failure: EngineFailure): void {
    for (const letGo of this.#letGo) letGo(failure);
  }
}
