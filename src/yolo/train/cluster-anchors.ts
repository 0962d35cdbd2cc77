import type { Failure, Result } from '../../base/index.ts';
import { err, ok, seededRandom } from '../../base/index.ts';
import type { Shape } from './shape.ts';
import { isShape, sidesIou } from './shape.ts';

export interface ClusterOptions {
  /** How many anchors to find, at least 1. */
  readonly count: number;
  /** The same seed gives the same anchors. */
  readonly seed: number;
  /** Starts from this many places and keeps the best end: k-means stops at the nearest good answer. */
  readonly starts?: number;
  /** Most rounds of each start. */
  readonly rounds?: number;
}

export interface AnchorClusters {
  /** In the unit of the shapes, smallest area first. */
  readonly anchors: readonly Shape[];
  /** Mean over the shapes of the IoU with the best anchor, 0..1. */
  readonly meanBestIou: number;
  /** Shapes left out: a side was not a positive finite number. */
  readonly ignored: number;
}

/**
 * Finds anchors for a label set: k-means with the distance 1 - IoU, so that a large box does not weigh more than a
 * small one, from starts that k-means++ spreads out. A cluster that loses its last shape starts again at the shape
 * that is worst served. The mean of a cluster need not be its best anchor under this distance, so the anchors
 * returned are the best that any round had: never worse than the start.
 * Example: shapes [1, 1], [1, 1], [4, 2], [4, 2] with count 2 give [1, 1] and [4, 2].
 * Ref: arXiv:1612.08242, section 2 "Dimension Clusters"; Arthur and Vassilvitskii, k-means++, SODA 2007.
 *
 * @param shapes widths and heights of the labelled boxes, in one unit
 * @returns `too-few-shapes` when there are fewer different shapes than anchors wanted
 */
export function clusterAnchors(shapes: readonly Shape[], options: ClusterOptions): Result<AnchorClusters, Failure<'too-few-shapes'>> {
  const { count, seed, starts = 4, rounds = 100 } = options;
  if (!Number.isInteger(count) || count < 1) throw new RangeError(`cannot find ${count} anchors`);
  const usable = shapes.filter(isShape);
  const different = new Set(usable.map(([w, h]) => `${w} ${h}`)).size;
  if (different < count) return err('too-few-shapes', `${different} different shapes for ${count} anchors`);
  const random = seededRandom(seed);
  const flat = Float64Array.from(usable.flat());
  let best = refine(flat, spreadOut(flat, count, random), rounds);
  for (let start = 1; start < starts; start++) {
    const found = refine(flat, spreadOut(flat, count, random), rounds);
    if (found.meanBestIou > best.meanBestIou) best = found;
  }
  const anchors = Array.from({ length: count }, (_, k): Shape => [best.anchors[k * 2] as number, best.anchors[k * 2 + 1] as number]);
  anchors.sort((a, b) => a[0] * a[1] - b[0] * b[1] || a[0] - b[0]);
  return ok({ anchors, meanBestIou: best.meanBestIou, ignored: shapes.length - usable.length });
}

/** Shapes as [w, h, w, h, ...]. */
type Flat = Float64Array;

/** k-means++: the first by chance, each next one by a chance that grows with the square of the distance to the chosen. */
function spreadOut(shapes: Flat, count: number, random: () => number): Flat {
  const distances = new Float64Array(shapes.length / 2).fill(1);
  const chosen = new Float64Array(count * 2);
  let newest = Math.floor(random() * distances.length);
  for (let k = 0; ; k++) {
    chosen.set(shapes.subarray(newest * 2, newest * 2 + 2), k * 2);
    if (k === count - 1) return chosen;
    let total = 0;
    for (let i = 0; i < distances.length; i++) {
      const distance = Math.min(distances[i] as number, 1 - iouAt(shapes, i, chosen, k));
      distances[i] = distance;
      total += distance ** 2;
    }
    newest = pick(distances, random() * total);
  }
}

/** The first index at which the running sum of squares passes `threshold`; never one of distance 0. */
function pick(distances: Float64Array, threshold: number): number {
  let sum = 0;
  let last = 0;
  for (const [i, distance] of distances.entries()) {
    if (distance === 0) continue;
    sum += distance ** 2;
    last = i;
    if (sum > threshold) break;
  }
  return last;
}

function iouAt(shapes: Flat, i: number, anchors: Flat, k: number): number {
  return sidesIou(shapes[i * 2] as number, shapes[i * 2 + 1] as number, anchors[k * 2] as number, anchors[k * 2 + 1] as number);
}

function refine(shapes: Flat, start: Flat, rounds: number): Clustering {
  let members = assign(shapes, start);
  let best: Clustering = { anchors: start, meanBestIou: members.meanBestIou };
  for (let round = 0; round < rounds; round++) {
    const anchors = means(shapes, members, start.length / 2);
    const next = assign(shapes, anchors);
    if (next.meanBestIou > best.meanBestIou) best = { anchors, meanBestIou: next.meanBestIou };
    if (next.clusters.every((cluster, i) => cluster === members.clusters[i])) break;
    members = next;
  }
  return best;
}

interface Clustering {
  readonly anchors: Flat;
  readonly meanBestIou: number;
}

interface Members {
  /** Cluster per shape. */
  readonly clusters: Int32Array;
  /** IoU with the anchor of that cluster, per shape. */
  readonly ious: Float64Array;
  readonly meanBestIou: number;
}

function assign(shapes: Flat, anchors: Flat): Members {
  const clusters = new Int32Array(shapes.length / 2);
  const ious = new Float64Array(shapes.length / 2);
  let sum = 0;
  for (let i = 0; i < ious.length; i++) {
    let best = 0;
    for (let k = 0; k < anchors.length / 2; k++) {
      const iou = iouAt(shapes, i, anchors, k);
      if (iou <= best) continue;
      best = iou;
      clusters[i] = k;
    }
    ious[i] = best;
    sum += best;
  }
  return { clusters, ious, meanBestIou: sum / ious.length };
}

function means(shapes: Flat, { clusters, ious }: Members, count: number): Flat {
  const sums = new Float64Array(count * 2);
  const counts = new Int32Array(count);
  for (const [i, cluster] of clusters.entries()) {
    sums[cluster * 2] = (sums[cluster * 2] as number) + (shapes[i * 2] as number);
    sums[cluster * 2 + 1] = (sums[cluster * 2 + 1] as number) + (shapes[i * 2 + 1] as number);
    counts[cluster] = (counts[cluster] as number) + 1;
  }
  const empty = counts.filter((members) => members === 0).length;
  const fresh = empty > 0 ? worstServed(ious, empty) : [];
  const anchors = new Float64Array(count * 2);
  for (let k = 0; k < count; k++) {
    const members = counts[k] as number;
    if (members > 0) {
      anchors.set([(sums[k * 2] as number) / members, (sums[k * 2 + 1] as number) / members], k * 2);
    } else {
      const shape = fresh.pop() as number;
      anchors.set(shapes.subarray(shape * 2, shape * 2 + 2), k * 2);
    }
  }
  return anchors;
}

/** Indices of the shapes with the `count` lowest IoUs. */
function worstServed(ious: Float64Array, count: number): number[] {
  return [...ious.keys()].sort((a, b) => (ious[a] as number) - (ious[b] as number)).slice(0, count);
}
