import type { Candidates } from '../../geometry/index.ts';
import type { PlaceRun } from './best-class.ts';
import { bestClassAt, bestClasses, noClass, softMaxShare } from './best-class.ts';
import { CandidateList } from './candidate-list.ts';
import type { BoxOf, DensePlan } from './dense-plan.ts';
import type { RawOutput } from './raw-output.ts';
import { outputNamed } from './raw-output.ts';
import { classCut, classScore, objectnessCut, objectnessScore } from './score-rule.ts';

/**
 * The boxes of a dense head in one pass, score filter first: raw numbers are compared with the raw number that the
 * lowest score needs, so functions are evaluated and boxes made only for places that pass. A place speaks for its best
 * class alone; a second label of the same box is not given. Throws Error when an output is shorter than its layout.
 *
 * @returns boxes in input pixels, in the order of the places
 */
export function decodeDense(plan: DensePlan, outputs: readonly RawOutput[], minScore: number): Candidates {
  const scan = new DenseScan(plan, minScore);
  for (const { output, layout, boxOf } of plan.outputs) {
    const { groups, places, fields, fieldsFirst } = layout;
    const { data } = outputNamed(outputs, output);
    const size = groups * places * fields;
    if (data.length < size) throw new Error(`output ${output} holds ${data.length} numbers, not ${size}`);
    for (let group = 0; group < groups; group++) {
      const start = group * places * fields;
      scan.add({ data, start, count: places, placeStep: fieldsFirst ? 1 : fields, fieldStep: fieldsFirst ? places : 1 }, group * places, boxOf);
    }
  }
  return scan.finish();
}

class DenseScan {
  readonly #plan: DensePlan;
  readonly #minScore: number;
  readonly #found = new CandidateList();
  readonly #corners = new Float32Array(4);

  constructor(plan: DensePlan, minScore: number) {
    this.#plan = plan;
    this.#minScore = minScore;
  }

  /** @param firstPlace number of the run's first place within its output */
  add(run: PlaceRun, firstPlace: number, boxOf: BoxOf): void {
    if (this.#plan.objectnessAt === null) this.#byClass(run, firstPlace, boxOf);
    else this.#byObjectness(this.#plan.objectnessAt, run, firstPlace, boxOf);
  }

  finish(): Candidates {
    return this.#found.finish();
  }

  #byObjectness(objectnessAt: number, run: PlaceRun, firstPlace: number, boxOf: BoxOf): void {
    const { score: rule, classesAt, classes, labels } = this.#plan;
    const cut = objectnessCut(rule, this.#minScore);
    let at = run.start + objectnessAt * run.fieldStep;
    for (let place = 0; place < run.count; place++, at += run.placeStep) {
      const raw = run.data[at] as number;
      if (!(raw >= cut)) continue;
      const objectness = objectnessScore(rule, raw);
      const best = bestClassAt(run, place, classesAt, classes);
      const [first, last] = labels === 'every' && classes > 0 ? [0, classes - 1] : [best, best];
      for (let classId = first; classId <= last; classId++) {
        const score = objectness * this.#classScore(run, place, classId);
        if (score >= this.#minScore) this.#addBox(run, place, firstPlace, boxOf, score, classId);
      }
    }
  }

  #byClass(run: PlaceRun, firstPlace: number, boxOf: BoxOf): void {
    const { score: rule, classesAt, classes } = this.#plan;
    const classIds = bestClasses(run, classesAt, classes, classCut(rule, this.#minScore));
    for (let place = 0; place < run.count; place++) {
      const classId = classIds[place] as number;
      if (classId === noClass) continue;
      const score = this.#classScore(run, place, classId);
      if (score >= this.#minScore) this.#addBox(run, place, firstPlace, boxOf, score, classId);
    }
  }

  #classScore(run: PlaceRun, place: number, classId: number): number {
    const { score: rule, classesAt, classes } = this.#plan;
    if (classes === 0) return 1;
    const raw = run.data[run.start + place * run.placeStep + (classesAt + classId) * run.fieldStep] as number;
    return classScore(rule, raw, rule.classes === 'soft-max' ? softMaxShare(run, place, classesAt, classes, classId) : 0);
  }

  #addBox(run: PlaceRun, place: number, firstPlace: number, boxOf: BoxOf, score: number, classId: number): void {
    const { boxAt, bins } = this.#plan;
    const at = run.start + place * run.placeStep + boxAt * run.fieldStep;
    const step = bins * run.fieldStep;
    const corners = this.#corners;
    boxOf(expectation(run, at, bins), expectation(run, at + step, bins), expectation(run, at + 2 * step, bins), expectation(run, at + 3 * step, bins), firstPlace + place, corners);
    this.#found.add(corners[0] as number, corners[1] as number, corners[2] as number, corners[3] as number, score, classId);
  }
}

/** The number itself, or the expectation of the soft-max over its bins. Ref: arXiv:2006.04388, equation 6. */
function expectation({ data, fieldStep }: PlaceRun, at: number, bins: number): number {
  if (bins === 1) return data[at] as number;
  let highest = -Infinity;
  for (let bin = 0; bin < bins; bin++) highest = Math.max(highest, data[at + bin * fieldStep] as number);
  let sum = 0;
  let weighted = 0;
  for (let bin = 0; bin < bins; bin++) {
    const share = Math.exp((data[at + bin * fieldStep] as number) - highest);
    sum += share;
    weighted += share * bin;
  }
  return weighted / sum;
}
