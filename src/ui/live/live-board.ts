import type { FrameResult, StreamRates } from '../../pipeline/index.ts';
import { LastRuns } from './last-runs.ts';
import type { LastLook, LiveFailure, LiveListener, LiveState } from './live-state.ts';
import { idleState } from './live-state.ts';

/** What the live view shows now, and who hears of a change. */
export class LiveBoard {
  readonly #listeners = new Set<LiveListener>();
  readonly #unheard: LiveFailure[] = [];
  readonly #runs = new LastRuns();
  #state: LiveState = idleState;
  #result: FrameResult | null = null;
  #last: LastLook = { result: null, rates: null, runs: [] };

  get state(): LiveState {
    return this.#state;
  }

  /** The result that is shown now. */
  get result(): FrameResult | null {
    return this.#result;
  }

  get last(): LastLook {
    return this.#last;
  }

  /** Notices that nobody has heard yet are told at once. @returns the call that ends it */
  subscribe(listener: LiveListener): () => void {
    this.#listeners.add(listener);
    if (listener.onNotice) for (const failure of this.#unheard.splice(0)) listener.onNotice(failure);
    return () => void this.#listeners.delete(listener);
  }

  set(patch: Partial<LiveState>): void {
    this.#state = { ...this.#state, ...patch };
    for (const listener of this.#listeners) listener.onState?.(this.#state);
  }

  /** As before anything was opened, but for what the engine is doing, and the patch. */
  clear(patch: Partial<LiveState> = {}): void {
    const { engine, preparing } = this.#state;
    this.set({ ...idleState, engine, preparing, ...patch });
  }

  /** @param result null where the source changed */
  show(result: FrameResult | null, rates: StreamRates | null): void {
    this.#result = result;
    if (result) this.#last = { result, rates, runs: this.#runs.after(result) };
    for (const listener of this.#listeners) listener.onResult?.(result, rates);
  }

  notice(failure: LiveFailure): void {
    if (this.#listeners.size === 0) this.#unheard.push(failure);
    for (const listener of this.#listeners) listener.onNotice?.(failure);
  }
}
