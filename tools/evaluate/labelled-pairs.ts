import type { ImagePair } from '../../src/evaluation/index.ts';

/** Predictions put to their labels, ready to be scored. */
export interface LabelledPairs {
  readonly pairs: readonly ImagePair[];
  /** What does not fit together and is not an error. */
  readonly warnings: readonly string[];
}

/** A warning about some images, or none: names the first three. */
export function aboutImages(files: readonly string[], what: string): readonly string[] {
  if (files.length === 0) return [];
  return [`${files.length} ${files.length === 1 ? 'image' : 'images'} ${what}: ${files.slice(0, 3).join(', ')}${files.length > 3 ? ', ...' : ''}`];
}
