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
  return run.placeStep === 1 ? classByClass(run, classesAt, classes, cut) : placeByPlace(run, classesAt, classes, cut);
}

function placeByPlace({ data, start, count, placeStep, fieldStep }: PlaceRun, classesAt: number, classes: number, cut: number): Int32Array {
  const found = new Int32Array(count).fill(noClass);
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

/** For places that lie side by side. Nearly all numbers are below the cut: four at a time are compared with it alone. */
function classByClass({ data, start, count, fieldStep }: PlaceRun, classesAt: number, classes: number, cut: number): Int32Array {
  const found = new Int32Array(count).fill(noClass);
  const highest = new Float32Array(count).fill(-Infinity);
  const keepBest = (classId: number, first: number, from: number, to: number): void => {
    for (let place = from; place < to; place++) {
      const raw = data[first + place] as number;
      if (raw >= cut && raw > (highest[place] as number)) {
        highest[place] = raw;
        found[place] = classId;
      }
    }
  };
  const inFours = count - (count % 4);
  for (let classId = 0; classId < classes; classId++) {
    const first = start + (classesAt + classId) * fieldStep;
    const end = first + inFours;
    for (let at = first; at < end; at += 4) {
      if ((data[at] as number) >= cut || (data[at + 1] as number) >= cut || (data[at + 2] as number) >= cut || (data[at + 3] as number) >= cut) {
        keepBest(classId, first, at - first, at - first + 4);
      }
    }
    keepBest(classId, first, inFours, count);
  }
  return found;
}
