import type { FaceFacts } from './face-facts.ts';

/** An eye is shut below this part of how far it usually is open, and open again above the other. */
const shutBelow = 0.45;
const openAbove = 0.7;
/** Longer than this is not a blink. */
const longestMs = 600;
/** How fast the usual openness follows: the time in which it goes two thirds of the way. */
const followMs = 2000;
/** An eye that is never more open than this shows no blinks. */
const leastUsual = 0.2;

/**
 * Counts the blinks of one face over its frames. Each face has eyes of its own, so what is shut is measured against how
 * far they usually are open. Eyes that cannot be seen change nothing.
 */
export class BlinkCounter {
  #count = 0;
  #usual: number | null = null;
  #shutSinceMs: number | null = null;
  #lastMs: number | null = null;

  /** @returns the blinks so far */
  update({ leftEyeOpen, rightEyeOpen }: Pick<FaceFacts, 'leftEyeOpen' | 'rightEyeOpen'>, tMs: number): number {
    const seen = [leftEyeOpen, rightEyeOpen].filter((value) => value !== null);
    if (seen.length === 0 || (this.#lastMs !== null && tMs <= this.#lastMs)) return this.#count;
    const open = seen.reduce((sum, value) => sum + value, 0) / seen.length;
    const usual = this.#usual ?? open;
    if (this.#shutSinceMs === null) {
      if (usual >= leastUsual && open < usual * shutBelow) this.#shutSinceMs = tMs;
    } else if (open > usual * openAbove) {
      if (tMs - this.#shutSinceMs <= longestMs) this.#count++;
      this.#shutSinceMs = null;
    }
    this.#follow(open, tMs);
    return this.#count;
  }

  /** The usual openness rises at once to what is seen and sinks slowly, and not at all while the eyes are shut for a moment. */
  #follow(open: number, tMs: number): void {
    const spentMs = tMs - (this.#lastMs ?? tMs);
    this.#lastMs = tMs;
    const usual = this.#usual ?? open;
    const isBlink = this.#shutSinceMs !== null && tMs - this.#shutSinceMs <= longestMs;
    if (isBlink) return;
    this.#usual = usual + (open - usual) * (1 - Math.exp(-spentMs / (open > usual ? followMs / 10 : followMs)));
  }
}
