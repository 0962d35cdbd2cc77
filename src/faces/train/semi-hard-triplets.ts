/** Three shots by their places: two of one person, and one of somebody else. */
export interface Triplet {
  readonly anchor: number;
  readonly positive: number;
  readonly negative: number;
}

/**
 * For each pair of one person the stranger to learn from: the nearest one that is farther than the positive but within the
 * margin (semi-hard). Where there is none, the pair is left out if all strangers are beyond the margin, and takes the
 * farthest of those that are nearer than the positive otherwise: the nearest of them would pull everything together.
 * Ref: Schroff et al.: FaceNet, arXiv:1503.03832, section 3.2.
 *
 * @param square the square of the distance of two shots
 */
export function semiHardTriplets(labels: readonly string[], square: (a: number, b: number) => number, margin: number): readonly Triplet[] {
  const found: Triplet[] = [];
  for (const [anchor, label] of labels.entries()) {
    for (const [positive, other] of labels.entries()) {
      if (positive === anchor || other !== label) continue;
      const own = square(anchor, positive);
      let [semi, semiAt, hard, hardAt] = [Infinity, -1, -Infinity, -1];
      for (const [negative, stranger] of labels.entries()) {
        if (stranger === label) continue;
        const far = square(anchor, negative);
        if (far > own && far < semi) [semi, semiAt] = [far, negative];
        if (far <= own && far > hard) [hard, hardAt] = [far, negative];
      }
      const negative = semiAt >= 0 && semi < own + margin ? semiAt : hardAt;
      if (negative >= 0) found.push({ anchor, positive, negative });
    }
  }
  return found;
}
