/**
 * How often a pair of one person is nearer than a pair of strangers, ties by half: the area under the ROC curve, 0.5 for
 * guessing. NaN where there is no pair of one of the two kinds.
 * Ref: Mann, Whitney 1947, by ranks.
 */
export function pairAuc(same: readonly number[], other: readonly number[]): number {
  const all = [...same.map((distance) => ({ distance, isSame: true })), ...other.map((distance) => ({ distance, isSame: false }))].sort((a, b) => a.distance - b.distance);
  let [wins, strangersBefore] = [0, 0];
  for (let i = 0; i < all.length; ) {
    let [equalSame, equalOther] = [0, 0];
    const distance = all[i]?.distance;
    for (; i < all.length && all[i]?.distance === distance; i++) {
      if (all[i]?.isSame) equalSame++;
      else equalOther++;
    }
    wins += equalSame * (other.length - strangersBefore - equalOther / 2);
    strangersBefore += equalOther;
  }
  return wins / (same.length * other.length);
}
