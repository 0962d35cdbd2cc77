import type { DoorState } from '../../doorlink/index.ts';
import type { DoorOutput } from './door-output.ts';

/** What the door is, out of what the output senses and how long it has been so; and who waits for a change. */
export class StateDesk {
  #state: DoorState;
  #heldTimer: ReturnType<typeof setTimeout> | undefined;
  readonly #waiting = new Set<() => void>();
  readonly #unsubscribe: () => void;

  constructor(
    private readonly output: DoorOutput,
    private readonly heldAfterMs: number,
  ) {
    this.#state = output.ready ? output.state : 'offline';
    this.#unsubscribe = output.onChange(() => this.#update());
    this.#update();
  }

  get state(): DoorState {
    return this.#state;
  }

  /** The state as soon as it is another than `known`, or after `waitMs`. */
  wait(known: DoorState | null, waitMs: number): Promise<DoorState> {
    if (this.#state !== known || waitMs === 0) return Promise.resolve(this.#state);
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        this.#waiting.delete(done);
        resolve(this.#state);
      };
      const timer = setTimeout(done, waitMs);
      this.#waiting.add(done);
    });
  }

  close(): void {
    this.#unsubscribe();
    clearTimeout(this.#heldTimer);
    for (const done of [...this.#waiting]) done();
  }

  #update(): void {
    const next = this.output.ready ? this.output.state : 'offline';
    if (next === 'open' && (this.#state === 'open' || this.#state === 'held')) return;
    clearTimeout(this.#heldTimer);
    if (next === 'open') this.#heldTimer = setTimeout(() => this.#become('held'), this.heldAfterMs);
    this.#become(next);
  }

  #become(state: DoorState): void {
    if (state === this.#state) return;
    this.#state = state;
    for (const done of [...this.#waiting]) done();
  }
}
