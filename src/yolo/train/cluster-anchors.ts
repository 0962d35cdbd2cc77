import type { Failure, Result } from '../../base/index.ts';
import { err, ok, seededRandom } from '../../base/index.ts';
import type { Shape } from './shape.ts';
import { bestShape, isShape, shapeIou } from './shape.ts';

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
  let best: Clustering = { anchors: [], meanBestIou: -1 };
  for (let start = 0; start < Math.max(1, starts); start++) {
    const found = refine(usable, spreadOut(usable, count, random), rounds);
    if (found.meanBestIou > best.meanBestIou) best = found;
  }
  const anchors = [...best.anchors].sort((a, b) => a[0] * a[1] - b[0] * b[1] || a[0] - b[0]);
  return ok({ anchors, meanBestIou: best.meanBestIou, ignored: shapes.length - usable.length });
}

interface Clustering {
  readonly anchors: readonly Shape[];
  readonly meanBestIou: number;
}

/** k-means++: the first by chance, each next one by a chance that grows with the square of the distance to the chosen. */
function spreadOut(shapes: readonly Shape[], count: number, random: () => number): readonly Shape[] {
  let newest = shapes[Math.floor(random() * shapes.length)] as Shape;
  const chosen = [newest];
  const distances = new Float64Array(shapes.length).fill(1);
  while (chosen.length < count) {
    let total = 0;
    for (const [i, shape] of shapes.entries()) {
      const distance = Math.min(distances[i] as number, 1 - shapeIou(shape, newest));
      distances[i] = distance;
      total += distance ** 2;
    }
    newest = shapes[pick(distances, random() * total)] as Shape;
    chosen.push(newest);
  }
  return chosen;
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

function refine(shapes: readonly Shape[], start: readonly Shape[], rounds: number): Clustering {
  let anchors = start;
  let members = assign(shapes, anchors);
  let best: Clustering = { anchors, meanBestIou: members.meanBestIou };
  for (let round = 0; round < rounds; round++) {
    anchors = means(shapes, members, anchors.length);
    const next = assign(shapes, anchors);
    if (next.meanBestIou > best.meanBestIou) best = { anchors, meanBestIou: next.meanBestIou };
    if (next.clusters.every((cluster, i) => cluster === members.clusters[i])) break;
    members = next;
  }
  return best;
}

interface Members {
  /** Cluster per shape. */
  readonly clusters: Int32Array;
  /** IoU with the anchor of that cluster, per shape. */
  readonly ious: Float64Array;
  readonly meanBestIou: number;
}

function assign(shapes: readonly Shape[], anchors: readonly Shape[]): Members {
  const clusters = new Int32Array(shapes.length);
  const ious = new Float64Array(shapes.length);
  let sum = 0;
  for (const [i, shape] of shapes.entries()) {
    const best = bestShape(shape, anchors);
    clusters[i] = Math.max(0, best.index);
    ious[i] = best.iou;
    sum += best.iou;
  }
  return { clusters, ious, meanBestIou: sum / shapes.length };
}

function means(shapes: readonly Shape[], { clusters, ious }: Members, count: number): readonly Shape[] {
  const sums = Array.from({ length: count }, () => ({ w: 0, h: 0, n: 0 }));
  for (const [i, [w, h]] of shapes.entries()) {
    const sum = sums[clusters[i] as number] as { w: number; h: number; n: number };
    sum.w += w;
    sum.h += h;
    sum.n++;
  }
  const empty = sums.filter(({ n }) => n === 0).length;
  const worstServed = empty > 0 ? worst(ious, empty).map((i) => shapes[i] as Shape) : [];
  return sums.map(({ w, h, n }) => (n > 0 ? [w / n, h / n] : (worstServed.pop() as Shape)));
}

/** Indices of the `count` lowest IoUs. */
function worst(ious: Float64Array, count: number): number[] {
  return [...ious.keys()].sort((a, b) => (ious[a] as number) - (ious[b] as number)).slice(0, count);
}
