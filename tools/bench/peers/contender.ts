import type { ScoredBox } from '../../../src/evaluation/index.ts';

/** One side of a comparison: a whole detector, from the decoded picture to boxes in its pixels. */
export interface Contender {
  /** Everything that a user of it waits for. The bitmap is its own and may be closed. */
  detect(bitmap: ImageBitmap): Promise<readonly ScoredBox[]>;
}
