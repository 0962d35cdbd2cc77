import { bestFirst, candidateAreas } from './candidate-order.ts';
import type { Candidates } from './candidates.ts';
import { boxOfCandidate, poolCandidates } from './candidates.ts';
import { iou } from './iou.ts';
import type { BoxXyxy } from './types.ts';

export interface BoxFusionOptions {
  /** A box joins a cluster when its IoU with the cluster's fused box is greater than this; the paper uses 0.55. */
  readonly iouThreshold: number;
}

interface Cluster {
  readonly classId: number;
  readonly box: BoxXyxy;
  readonly count: number;
  readonly scoreSum: number;
}

/**
 * Weighted box fusion: the boxes of several lists (models, or views of one picture) become their mean, where NMS would
 * pick one. The rule: all boxes, highest score first, ties to the earlier list; a box joins the cluster of its class
 * whose fused box overlaps it most, if by more than the threshold, else it starts one. A fused box is the mean of its
 * boxes weighted by score; its score is their mean score times min(boxes, lists) / lists, so a box that few lists saw
 * counts less. Degenerate and non-finite candidates take no part. The input is not touched.
 * Ref: Solovyev et al., Weighted boxes fusion, arXiv:1910.13302, section 3.
 * Example: [0,0,10,10] at 0.9 and [2,0,12,10] at 0.3 from two lists give [0.5,0,10.5,10] at 0.6.
 *
 * @returns fused candidates, best first
 */
export function fuseBoxes(lists: readonly Candidates[], { iouThreshold }: BoxFusionOptions): Candidates {
  const pool = poolCandidates(lists);
  const clusters: Cluster[] = [];
  for (const index of bestFirst(pool, candidateAreas(pool))) {
    const score = pool.scores[index] as number;
    // A weight of 0 has no mean.
    if (score <= 0) continue;
    const box = boxOfCandidate(pool, index);
    const classId = pool.classIds[index] as number;
    const at = nearest(clusters, box, classId, iouThreshold);
    const cluster = clusters[at];
    if (cluster) clusters[at] = joined(cluster, box, score);
    else clusters.push({ classId, box, count: 1, scoreSum: score });
  }
  return toCandidates(clusters, lists.length);
}

function nearest(clusters: readonly Cluster[], box: BoxXyxy, classId: number, iouThreshold: number): number {
  let found = -1;
  let highest = iouThreshold;
  for (const [at, cluster] of clusters.entries()) {
    const overlap = cluster.classId === classId ? iou(cluster.box, box) : 0;
    if (overlap > highest) {
      highest = overlap;
      found = at;
    }
  }
  return found;
}

function joined({ classId, box, count, scoreSum }: Cluster, added: BoxXyxy, score: number): Cluster {
  const sum = scoreSum + score;
  const mean = (a: number, b: number): number => (a * scoreSum + b * score) / sum;
  const fused = { x1: mean(box.x1, added.x1), y1: mean(box.y1, added.y1), x2: mean(box.x2, added.x2), y2: mean(box.y2, added.y2) };
  return { classId, box: fused, count: count + 1, scoreSum: sum };
}

function toCandidates(clusters: readonly Cluster[], lists: number): Candidates {
  const scored = clusters
    .map((cluster) => ({ ...cluster, score: (cluster.scoreSum / cluster.count) * (Math.min(cluster.count, lists) / lists) }))
    .sort((a, b) => b.score - a.score);
  return {
    count: scored.length,
    boxes: new Float32Array(scored.flatMap(({ box }) => [box.x1, box.y1, box.x2, box.y2])),
    scores: new Float32Array(scored.map(({ score }) => score)),
    classIds: new Int32Array(scored.map(({ classId }) => classId)),
  };
}
