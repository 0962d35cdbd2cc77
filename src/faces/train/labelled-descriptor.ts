/** Numbers of one shot, and whose face it is. */
export interface LabelledDescriptor {
  readonly personId: string;
  readonly values: Float32Array;
}

/** Two shots, by their places in a list, and whether they show one person. */
export interface LabelledPair {
  readonly a: number;
  readonly b: number;
  readonly isSame: boolean;
}

/** All pairs of one person, and as many times `perSame` pairs of different people, drawn by `random`. */
export function labelledPairs(shots: readonly LabelledDescriptor[], perSame: number, random: () => number): readonly LabelledPair[] {
  const same: LabelledPair[] = [];
  const other: LabelledPair[] = [];
  for (const [b, { personId }] of shots.entries()) {
    for (let a = 0; a < b; a++) (shots[a]?.personId === personId ? same : other).push({ a, b, isSame: shots[a]?.personId === personId });
  }
  return [...same, ...shuffled(other, random).slice(0, Math.max(1, same.length * perSame))];
}

/** The same things in another order. Ref: Fisher, Yates, in the form of Durstenfeld 1964. */
export function shuffled<T>(list: readonly T[], random: () => number): T[] {
  const out = [...list];
  for (let i = out.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [out[i], out[j]] = [out[j] as T, out[i] as T];
  }
  return out;
}

/** People dealt out into so many parts: nobody is in two of them. */
export function personFolds(shots: readonly LabelledDescriptor[], folds: number, random: () => number): readonly (readonly LabelledDescriptor[])[] {
  const people = shuffled([...new Set(shots.map(({ personId }) => personId))], random);
  return Array.from({ length: folds }, (_, fold) => {
    const inFold = new Set(people.filter((_person, i) => i % folds === fold));
    return shots.filter(({ personId }) => inFold.has(personId));
  });
}
