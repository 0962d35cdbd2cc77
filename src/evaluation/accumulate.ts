import { recallPoints } from './coco-protocol.ts';
import type { ImageMatch, Outcome } from './match.ts';

/** Precision and recall of one class at one IoU threshold after each detection that counts, best first. */
export interface RawCurve {
  readonly scores: readonly number[];
  readonly precision: readonly number[];
  readonly recall: readonly number[];
}

/** One class at one IoU threshold, over all images. */
export interface ClassScore {
  /** Precision at recall 0, 0.01 ... 1; 0 where the recall is never reached. */
  readonly precision: readonly number[];
  /** The highest recall reached. */
  readonly recall: number;
}

/**
 * The curve of one class over all images. Images come in a fixed order: among equal scores the earlier image goes
 * first. Ignored detections leave the numbers as they were.
 *
 * @param threshold index into the `outcomes` of the matches
 * @returns null when no truth counts: there is nothing to find, so nothing to measure
 */
export function rawCurve(matches: readonly ImageMatch[], threshold: number, maxDetections: number): RawCurve | null {
  const truthCount = matches.reduce((sum, m) => sum + m.truthCount, 0);
  if (truthCount === 0) return null;
  const ranked = rank(matches, threshold, maxDetections);
  const precision: number[] = [];
  const recall: number[] = [];
  let hits = 0;
  let misses = 0;
  for (const { outcome } of ranked) {
    if (outcome === 'hit') hits++;
    if (outcome === 'miss') misses++;
    precision.push(hits / (hits + misses + Number.EPSILON));
    recall.push(hits / truthCount);
  }
  return { scores: ranked.map((r) => r.score), precision, recall };
}

/**
 * Reads a curve at the 101 recall points: at each, the best precision at that recall or beyond.
 * Example: one hit then one miss with one truth gives 1 everywhere.
 */
export function interpolate({ precision, recall }: RawCurve): ClassScore {
  const envelope = [...precision];
  for (let i = envelope.length - 2; i >= 0; i--) {
    envelope[i] = Math.max(envelope[i] ?? 0, envelope[i + 1] ?? 0);
  }
  let reached = 0;
  const read = recallPoints.map((point) => {
    while (reached < recall.length && (recall[reached] ?? 0) < point) reached++;
    return envelope[reached] ?? 0;
  });
  return { precision: read, recall: recall.at(-1) ?? 0 };
}

function rank(matches: readonly ImageMatch[], threshold: number, maxDetections: number): { score: number; outcome: Outcome }[] {
  const all = matches.flatMap(({ scores, outcomes }) =>
    scores.slice(0, maxDetections).map((score, i) => ({ score, outcome: outcomes[threshold]?.[i] ?? 'ignored' })),
  );
  return all.sort((a, b) => b.score - a.score);
}
