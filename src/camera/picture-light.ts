/** How bright a frame is, 0..255: a few hundred grey pixels over all of it are enough. */
export interface FrameLight {
  readonly tMs: number;
  readonly mean: number;
  /** Standard deviation. */
  readonly spread: number;
}

export interface CoverState {
  readonly isCovered: boolean;
  /** Since when frames say the other thing; null: they do not. */
  readonly otherSinceMs: number | null;
}

export const notCovered: CoverState = { isCovered: false, otherSinceMs: null };

/** Darker and more even than any room with light in it. Rules of thumb: a hand or tape gives a mean under 15 and a spread under 4. */
const dark = { mean: 24, spread: 8 } as const;
/** Somebody who walks by very close is not taken for a cover; one clear second is enough to serve again. */
const waits = { coveredMs: 5000, clearMs: 1000 } as const;

/** Light of a picture in grey, 0..255. */
export function lightOf(grey: Iterable<number> & ArrayLike<number>, tMs: number): FrameLight {
  let [sum, squares] = [0, 0];
  for (const value of grey) {
    sum += value;
    squares += value * value;
  }
  const mean = sum / grey.length;
  return { tMs, mean, spread: Math.sqrt(Math.max(0, squares / grey.length - mean * mean)) };
}

/** Whether the camera is covered, or the room without any light, after one more frame. */
export function coverAfter({ isCovered, otherSinceMs }: CoverState, { tMs, mean, spread }: FrameLight): CoverState {
  const looksCovered = mean <= dark.mean && spread <= dark.spread;
  if (looksCovered === isCovered) return { isCovered, otherSinceMs: null };
  const since = otherSinceMs === null || tMs < otherSinceMs ? tMs : otherSinceMs;
  const isOver = tMs - since >= (isCovered ? waits.clearMs : waits.coveredMs);
  return isOver ? { isCovered: !isCovered, otherSinceMs: null } : { isCovered, otherSinceMs: since };
}
