import { seededRandom } from '../../src/base/index.ts';
import type { PosePair, ScoredPose, TruthPose } from '../../src/evaluation/index.ts';
import { cocoSigmas } from '../../src/evaluation/index.ts';
import type { Point } from '../../src/geometry/index.ts';

/**
 * 40 images with up to 6 marked persons: small to large, some of their points not marked, some persons with none, some
 * crowds; and up to 26 found bodies: near ones, copies, strays, scores with ties.
 */
export function madeScene(): PosePair[] {
  const random = seededRandom(4);
  const upTo = (n: number): number => Math.floor(random() * n);
  return Array.from({ length: 40 }, () => {
    const truths = Array.from({ length: upTo(7) }, (): TruthPose => {
      const side = 20 + upTo(200);
      const [x, y] = [upTo(500), upTo(400)];
      const crowd = random() < 0.1;
      const bare = crowd || random() < 0.1;
      const points = cocoSigmas.map((): Point | null => (bare || random() < 0.25 ? null : { x: x + upTo(side), y: y + upTo(side) }));
      return { boxPx: { x1: x, y1: y, x2: x + side, y2: y + side }, areaPx2: Math.round(side * side * 0.6), crowd, points };
    });
    const near = truths.flatMap((truth) => Array.from({ length: upTo(4) }, () => nearby(truth, random)));
    const strays = Array.from({ length: upTo(9) }, (): ScoredPose => {
      const side = 20 + upTo(200);
      const [x, y] = [upTo(500), upTo(400)];
      return { score: scoreOf(random), pointsPx: cocoSigmas.map(() => ({ x: x + upTo(side), y: y + upTo(side) })) };
    });
    return { truths, found: [...near, ...strays] };
  });
}

function nearby({ boxPx, points }: TruthPose, random: () => number): ScoredPose {
  const spread = (boxPx.x2 - boxPx.x1) * random() * 0.25;
  const around = (value: number): number => Math.round((value + (random() - 0.5) * 2 * spread) * 100) / 100;
  return {
    score: scoreOf(random),
    pointsPx: points.map((point) => ({ x: around(point?.x ?? (boxPx.x1 + boxPx.x2) / 2), y: around(point?.y ?? (boxPx.y1 + boxPx.y2) / 2) })),
  };
}

/** In steps of 0.05, so that there are ties. */
function scoreOf(random: () => number): number {
  return Math.round(random() * 20) / 20;
}
