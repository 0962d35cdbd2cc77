import type { BoxXyxy } from '../geometry/index.ts';
import { area, diou } from '../geometry/index.ts';

/** A box with the class of what is in it: boxes of different classes never match. */
export interface ClassedBox {
  readonly box: BoxXyxy;
  readonly classId: number;
}

/** A followed box and a seen one that belong together, by their places in their lists. */
export interface BoxPair {
  readonly followed: number;
  readonly seen: number;
}

/** Two boxes of one size that have moved apart by four fifths of their side just match: a fast hand at a low rate. */
const lowestDiou = -0.05;
/** Between frames nothing grows or shrinks by more, in area. */
const largestGrowth = 4;

/**
 * Says which of the seen boxes are which of the followed ones. The one rule: of all pairs of one class that may match,
 * the pair with the highest distance IoU is settled first, then the next of those that are still free; ties go to the
 * earlier followed box, then to the earlier seen one.
 */
export function matchBoxes(followed: readonly ClassedBox[], seen: readonly ClassedBox[]): readonly BoxPair[] {
  const pairs = followed.flatMap((a, i) => seen.flatMap((b, j) => (mayMatch(a, b) ? [{ followed: i, seen: j, likeness: diou(a.box, b.box) }] : [])));
  const likely = pairs.filter(({ likeness }) => likeness > lowestDiou).sort((a, b) => b.likeness - a.likeness || a.followed - b.followed || a.seen - b.seen);
  const takenFollowed = new Set<number>();
  const takenSeen = new Set<number>();
  const settled: BoxPair[] = [];
  for (const pair of likely) {
    if (takenFollowed.has(pair.followed) || takenSeen.has(pair.seen)) continue;
    takenFollowed.add(pair.followed);
    takenSeen.add(pair.seen);
    settled.push({ followed: pair.followed, seen: pair.seen });
  }
  return settled;
}

function mayMatch(a: ClassedBox, b: ClassedBox): boolean {
  if (a.classId !== b.classId) return false;
  const growth = area(b.box) / area(a.box);
  return growth < largestGrowth && growth > 1 / largestGrowth;
}
