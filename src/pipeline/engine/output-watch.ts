import type { OutputDigest } from '../../runtime/index.ts';
import type { TaskFault } from '../protocol.ts';

/** One output of a model. */
export interface ModelOutput {
  readonly modelId: string;
  readonly digest: OutputDigest;
}

/** How soon the canary is asked again for what it has cleared. It costs some milliseconds. */
const askAgainMs = 1_000;

/**
 * Finds what a broken backend gives: numbers that are all one, an answer that stays when the picture changes, no answer at all.
 * A covered camera and a picture that stands still give the same, so nothing is condemned here: the canary judges. What it has
 * cleared is passed over for a second.
 */
export class OutputWatch {
  readonly #lastSums = new Map<string, number>();
  /** By suspicion. */
  readonly #clearedMs = new Map<string, number>();

  /**
   * Takes the outputs of one frame in their order.
   *
   * @param nowMs of a clock that does not go back
   * @returns what the canary must be asked for before anybody uses these outputs; mostly nothing. Example: `repeated faces-tiny-yolov2`
   */
  look(outputs: readonly ModelOutput[], faults: readonly TaskFault[], nowMs: number): readonly string[] {
    const suspicions = new Set(faults.map(({ task }) => `failed ${task}`));
    for (const { modelId, digest } of outputs) {
      if (digest.flat) suspicions.add(`flat ${modelId}`);
      if (this.#lastSums.get(modelId) === digest.sum) suspicions.add(`repeated ${modelId}`);
      this.#lastSums.set(modelId, digest.sum);
    }
    return [...suspicions].filter((suspicion) => nowMs - (this.#clearedMs.get(suspicion) ?? -Infinity) >= askAgainMs);
  }

  /** The canary gave the right answer. */
  cleared(suspicions: readonly string[], nowMs: number): void {
    for (const suspicion of suspicions) this.#clearedMs.set(suspicion, nowMs);
  }
}
