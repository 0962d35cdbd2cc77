type Stage = 'preprocessMs' | 'modelMs' | 'postprocessMs';

/** Adds up the milliseconds of the stages of a run; each stage lasts from the end of the one before. */
export class StageWatch {
  readonly #spent: Record<Stage, number> = { preprocessMs: 0, modelMs: 0, postprocessMs: 0 };
  #lastMs = performance.now();

  end(stage: Stage): void {
    const nowMs = performance.now();
    this.#spent[stage] += nowMs - this.#lastMs;
    this.#lastMs = nowMs;
  }

  get spent(): Readonly<Record<Stage, number>> {
    return { ...this.#spent };
  }
}
