import type { Affine } from './affine.ts';
import { applyToBox } from './affine.ts';
import type { BoxXyxy } from './types.ts';

/** Candidate boxes as flat typed arrays: the form in which heads are decoded, before anything is an object. */
export interface Candidates {
  readonly count: number;
  /** Corners [x1, y1, x2, y2] per candidate, all in one unit; at least 4 * count numbers. */
  readonly boxes: Float32Array;
  /** Score per candidate, 0..1. */
  readonly scores: Float32Array;
  /** Class per candidate. */
  readonly classIds: Int32Array;
}

/** The box of one candidate. Throws RangeError behind the last one. */
export function boxOfCandidate({ boxes, count }: Candidates, index: number): BoxXyxy {
  if (!(index >= 0 && index < count)) throw new RangeError(`no candidate ${index} of ${count}`);
  const [x1, y1, x2, y2] = boxes.subarray(index * 4, index * 4 + 4) as unknown as [number, number, number, number];
  return { x1, y1, x2, y2 };
}

/** The same candidates with their boxes mapped, each to the upright box around its mapped corners. */
export function mapCandidates(candidates: Candidates, map: Affine): Candidates {
  const boxes = new Float32Array(candidates.count * 4);
  for (let at = 0; at < boxes.length; at += 4) {
    const [x1, y1, x2, y2] = candidates.boxes.subarray(at, at + 4) as unknown as [number, number, number, number];
    const mapped = applyToBox(map, { x1, y1, x2, y2 });
    boxes.set([mapped.x1, mapped.y1, mapped.x2, mapped.y2], at);
  }
  return { ...candidates, boxes };
}

/** Those candidates whose box is at least so long on its longer side, in their order. */
export function largeCandidates(candidates: Candidates, leastSide: number): Candidates {
  const kept = Array.from({ length: candidates.count }, (_, index) => index).filter((index) => {
    const { x1, y1, x2, y2 } = boxOfCandidate(candidates, index);
    return Math.max(x2 - x1, y2 - y1) >= leastSide;
  });
  return {
    count: kept.length,
    boxes: Float32Array.from(kept.flatMap((index) => [...candidates.boxes.subarray(index * 4, index * 4 + 4)])),
    scores: Float32Array.from(kept, (index) => candidates.scores[index] as number),
    classIds: Int32Array.from(kept, (index) => candidates.classIds[index] as number),
  };
}

/** All candidates of several lists, in their order. */
export function poolCandidates(lists: readonly Candidates[]): Candidates {
  const count = lists.reduce((sum, list) => sum + list.count, 0);
  const pool = { count, boxes: new Float32Array(count * 4), scores: new Float32Array(count), classIds: new Int32Array(count) };
  let at = 0;
  for (const list of lists) {
    pool.boxes.set(list.boxes.subarray(0, list.count * 4), at * 4);
    pool.scores.set(list.scores.subarray(0, list.count), at);
    pool.classIds.set(list.classIds.subarray(0, list.count), at);
    at += list.count;
  }
  return pool;
}
