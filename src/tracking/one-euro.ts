/** Settings of a One Euro filter. Ref: Casiez, Roussel, Vogel: 1 € Filter, CHI 2012. */
export interface OneEuroOptions {
  /** Cut-off at rest in Hz: lower is calmer. */
  readonly minCutoffHz: number;
  /** How much the cut-off rises with speed: higher follows faster. */
  readonly beta: number;
  /** Cut-off of the speed itself in Hz. */
  readonly derivativeCutoffHz: number;
}

/** After a longer pause a filter starts anew: what it remembers says nothing about now. */
const longestPauseMs = 500;

/**
 * A One Euro filter for a list of numbers that belong together, such as the points of one face. It goes by the time of
 * the frames, so a dropped frame does not make it lag. Speed is taken relative to the size of the object: a face in the
 * distance is smoothed as one nearby is.
 * Ref: Casiez, Roussel, Vogel: 1 € Filter, CHI 2012, algorithm 1; the relative speed is ours.
 */
export class OneEuroFilter {
  readonly #options: OneEuroOptions;
  #raw = new Float64Array(0);
  #smooth = new Float64Array(0);
  #speed = new Float64Array(0);
  #lastMs = Number.NEGATIVE_INFINITY;

  constructor(options: OneEuroOptions) {
    this.#options = options;
  }

  /**
   * Starts anew after a pause, when time runs backwards, and when the list has another length. A frame seen twice
   * changes nothing. A number that is not finite leaves its place as it was.
   *
   * @param values any length; of one length from frame to frame
   * @param tMs time of the frame
   * @param sizes the size of the object in the units of the values, taken in turns. Example: [w, h] for x, y pairs
   * @returns the smoothed list
   */
  next(values: Float32Array, tMs: number, sizes: readonly number[]): Float32Array {
    const elapsedMs = tMs - this.#lastMs;
    if (values.length !== this.#raw.length || !(elapsedMs >= 0 && elapsedMs <= longestPauseMs)) this.#restart(values);
    else if (elapsedMs > 0) this.#step(values, elapsedMs / 1000, sizes);
    this.#lastMs = tMs;
    return Float32Array.from(this.#smooth);
  }

  reset(): void {
    this.#lastMs = Number.NEGATIVE_INFINITY;
  }

  #restart(values: Float32Array): void {
    this.#raw = Float64Array.from(values, (value) => (Number.isFinite(value) ? value : 0));
    this.#smooth = this.#raw.slice();
    this.#speed = new Float64Array(values.length);
  }

  #step(values: Float32Array, elapsedS: number, sizes: readonly number[]): void {
    const { minCutoffHz, beta, derivativeCutoffHz } = this.#options;
    const [raw, smooth, speed] = [this.#raw, this.#smooth, this.#speed];
    const speedShare = newShare(derivativeCutoffHz, elapsedS);
    for (let i = 0; i < values.length; i++) {
      const value = values[i] as number;
      if (!Number.isFinite(value)) continue;
      const size = Math.max(sizes[i % sizes.length] ?? 1, Number.EPSILON);
      const speedNow = (value - (raw[i] as number)) / elapsedS / size;
      const calmSpeed = (speed[i] as number) + speedShare * (speedNow - (speed[i] as number));
      const share = newShare(minCutoffHz + beta * Math.abs(calmSpeed), elapsedS);
      smooth[i] = (smooth[i] as number) + share * (value - (smooth[i] as number));
      speed[i] = calmSpeed;
      raw[i] = value;
    }
  }
}

/** How much of a new value an exponential filter with this cut-off takes on, 0..1. */
function newShare(cutoffHz: number, elapsedS: number): number {
  const tauS = 1 / (2 * Math.PI * cutoffHz);
  return 1 / (1 + tauS / elapsedS);
}
