import type { VectorCard } from '../../runtime/index.ts';

/** How real a network of liveness or antispoof takes the face to be, 0..1, whichever end the network itself uses; null for a descriptor. */
export function realScore(values: Float32Array, { score }: Pick<VectorCard, 'score'>): number | null {
  const value = score && values[score.index];
  return value === undefined ? null : Math.min(1, Math.max(0, score?.realAt === 0 ? 1 - value : value));
}
