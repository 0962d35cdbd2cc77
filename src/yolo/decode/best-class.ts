/** A run of places inside an array: field f of place i is at `start + i * placeStep + f * fieldStep`. */
export interface PlaceRun {
  readonly data: Float32Array;
  readonly start: number;
  readonly count: number;
  readonly placeStep: number;
  readonly fieldStep: number;
}

/** The class with the highest raw number at a place; the lower class wins a tie. */
export function bestClassAt(run: PlaceRun, place: number, classesAt: number, classes: number): number {
  const { data, fieldStep } = run;
  let at = run.start + place * run.placeStep + classesAt * fieldStep;
  let best = 0;
  let highest = -Infinity;
  for (let classId = 0; classId < classes; classId++, at += fieldStep) {
    const raw = data[at] as number;
    if (raw > highest) {
      highest = raw;
      best = classId;
    }
  }
  return best;
}

/** The share of one class in the soft-max over all classes of a place. */
export function softMaxShare(run: PlaceRun, place: number, classesAt: number, classes: number, classId: number): number {
  const { data, fieldStep } = run;
  const first = run.start + place * run.placeStep + classesAt * fieldStep;
  const chosen = data[first + classId * fieldStep] as number;
  let sum = 0;
  for (let i = 0; i < classes; i++) sum += Math.exp((data[first + i * fieldStep] as number) - chosen);
  return 1 / sum;
}

/** Marks a place where no class reaches the cut. */
export const noClass = -1;

/**
 * The best class of every place whose raw number reaches `cut`, else `noClass`; the lower class wins a tie. Reads the
 * numbers in the order in which they lie in memory, whichever way that is.
 */
export function bestClasses(run: PlaceRun, classesAt: number, classes: number, cut: number): Int32Array {
  const { data, start, count, placeStep, fieldStep } = run;
  const found = new Int32Array(count).fill(noClass);
  if (fieldStep < placeStep) {
    for (let place = 0; place < count; place++) {
      let at = start + place * placeStep + classesAt * fieldStep;
      let highest = -Infinity;
      for (let classId = 0; classId < classes; classId++, at += fieldStep) {
        const raw = data[at] as number;
        if (raw >= cut && raw > highest) {
          highest = raw;
          found[place] = classId;
        }
      }
    }
    return found;
  }
  const highest = new Float32Array(count).fill(-Infinity);
  for (let classId = 0; classId < classes; classId++) {
    let at = start + (classesAt + classId) * fieldStep;
    for (let place = 0; place < count; place++, at += placeStep) {
      const raw = data[at] as number;
      if (raw >= cut && raw > (highest[place] as number)) {
        highest[place] = raw;
        found[place] = classId;
      }
    }
  }
  return found;
}
