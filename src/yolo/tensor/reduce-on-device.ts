import type { Rank, Tensor, Tensor1D, Tensor2D, Tensor4D } from '@tensorflow/tfjs-core';
import { all, argMax, cast, concat, cumsum, equal, exp, expandDims, fill, floorDiv, gather, greaterEqual, isFinite, logicalAnd, lowerBound, max, maxPool, minimum, mod, mul, pow, range, reshape, sigmoid, slice, softmax, squeeze, stack, sub, sum, tensor1d, tidy, transpose } from '@tensorflow/tfjs-core';
import type { Size } from '../../geometry/index.ts';
import type { DensePlan, ScoreRule } from '../decode/dense-plan.ts';
import type { DenseHead } from '../decode/dense-plan-of.ts';
import { densePlanOf } from '../decode/dense-plan-of.ts';
import type { PlaceLayout } from '../decode/place-layout.ts';
import { outputNamed } from '../decode/raw-output.ts';
import { mostReduced, reducedRow } from '../decode/reduced-rows.ts';
import type { CentreHead } from '../heads/centre.ts';

/** One output of a network, still on the device. */
export interface NamedTensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly tensor: Tensor;
}

/** Every place that may become a box, as one line per place. */
interface Scored {
  /** [places] 0 or 1 */
  readonly passes: Tensor1D;
  /** [places] */
  readonly scores: Tensor1D;
  /** Class and four box numbers of some places: [n] to [n, 5]. */
  readonly linesOf: (places: Tensor1D) => Tensor2D;
}

/**
 * Reduces a grid before the read-back: best class, score filter, and the lines of the places that pass gathered in front,
 * so that a few kilobytes are read in place of megabytes. The k-th candidate is the first place at which the running
 * count of passing places reaches k. (`topk` would not do: on WebGL it reads its input back for grids of this size.)
 * Throws RangeError for more candidates than 64 KB hold, Error when the outputs do not fit the head.
 *
 * @returns [maxCandidates + 1, 7], laid out as `reducedRow` says; the caller's to dispose
 */
export function reduceGrid(head: DenseHead | CentreHead, outputs: readonly NamedTensor[], minScore: number, maxCandidates: number, input: Size): Tensor2D {
  if (!(maxCandidates >= 1 && maxCandidates <= mostReduced)) throw new RangeError(`1 to ${mostReduced} candidates, not ${maxCandidates}`);
  return tidy(() => {
    const { passes, scores, linesOf } = head.family === 'centre' ? scoreCentre(head, outputs, minScore) : scoreDense(planOf(head, outputs, input), outputs, minScore);
    const total = passes.shape[0];
    const counts = cumsum(passes);
    const wanted = range(1, maxCandidates + 1, 1, 'float32');
    // Slots behind the last candidate repeat the last place; the count in front says that they are not to be read.
    const places = flat(minimum(lowerBound(counts, wanted), tensor1d([total - 1], 'int32')));
    const lines = concat<Tensor2D>([asColumn(places), asColumn(gather(scores, places)), linesOf(places)], 1);
    return concat<Tensor2D>([factsLine(slice(counts, total - 1, 1), outputs), lines]);
  });
}

function factsLine(passed: Tensor, outputs: readonly NamedTensor[]): Tensor2D {
  const finite = all(stack(outputs.map(({ tensor }) => all(isFinite(tensor)))));
  const line = concat([flat(passed), flat(cast(finite, 'float32')), fill([reducedRow.length - 2], 0)]);
  return expandDims(line, 0);
}

function planOf(head: DenseHead, outputs: readonly NamedTensor[], input: Size): DensePlan {
  const plan = densePlanOf(head, outputs, input);
  if (!plan.ok) throw new Error(plan.failure.detail);
  return plan.value;
}

function scoreDense(plan: DensePlan, outputs: readonly NamedTensor[], minScore: number): Scored {
  const { boxAt, bins, objectnessAt, classesAt, classes, score: rule } = plan;
  const parts = plan.outputs.map(({ output, layout }) => {
    const view = viewOf(outputNamed(outputs, output).tensor, layout);
    const byClass = classes === 0 ? null : bestClass(view, classesAt, classes, rule);
    const byObjectness = objectnessAt === null ? null : powered(through(flat(view.fields(objectnessAt, 1)), rule.objectness), rule.objectnessPower);
    const scores = byClass && byObjectness ? mul(byClass.score, byObjectness) : (byClass?.score ?? byObjectness);
    if (!scores) throw new Error('a head has classes or objectness');
    return { scores: flat(scores), classIds: byClass?.classIds ?? fill([scores.size], 0), boxes: view.fields(boxAt, 4 * bins) };
  });
  const scores = concat<Tensor1D>(parts.map((part) => part.scores));
  const classIds = concat<Tensor1D>(parts.map((part) => part.classIds));
  const boxes = concat<Tensor2D>(parts.map((part) => part.boxes));
  return {
    scores,
    passes: flat(cast(greaterEqual(scores, minScore), 'float32')),
    linesOf: (places) => concat<Tensor2D>([asColumn(gather(classIds, places)), expectations(gather(boxes, places), bins)], 1),
  };
}

/** A place of a centre head is a class of a cell, so that a cell may speak for several classes. */
function scoreCentre(head: CentreHead, outputs: readonly NamedTensor[], minScore: number): Scored {
  const grid = outputNamed(outputs, head.scoresNode).tensor as Tensor4D;
  const classes = grid.shape[3];
  const isPeak = equal(grid, maxPool(grid, 3, 1, 'same'));
  const sizes = reshape<Rank.R2>(outputNamed(outputs, head.sizesNode).tensor, [-1, 4]);
  return {
    scores: flat(grid),
    passes: flat(cast(logicalAnd(isPeak, greaterEqual(grid, minScore)), 'float32')),
    linesOf(places) {
      const classCount = tensor1d([classes], 'int32');
      return concat<Tensor2D>([asColumn(mod(places, classCount)), gather(sizes, floorDiv(places, classCount))], 1);
    },
  };
}

/** Groups of places, fields last or in the middle. */
interface View {
  /** [places of all groups, count] */
  fields(at: number, count: number): Tensor2D;
  /** The part of the view with these fields, and the axis of the fields. */
  part(at: number, count: number): { readonly tensor: Tensor; readonly axis: number };
}

function viewOf(tensor: Tensor, { groups, places, fields, fieldsFirst }: PlaceLayout): View {
  const grid = fieldsFirst ? reshape(tensor, [groups, fields, places]) : reshape(tensor, [groups, places, fields]);
  const part: View['part'] = (at, count) =>
    fieldsFirst ? { tensor: slice(grid, [0, at, 0], [groups, count, places]), axis: 1 } : { tensor: slice(grid, [0, 0, at], [groups, places, count]), axis: 2 };
  return {
    part,
    fields(at, count) {
      const { tensor: found } = part(at, count);
      return reshape(fieldsFirst ? transpose(found, [0, 2, 1]) : found, [groups * places, count]);
    },
  };
}

function bestClass(view: View, at: number, count: number, rule: ScoreRule): { score: Tensor1D; classIds: Tensor1D } {
  const { tensor, axis } = view.part(at, count);
  const highest = max(tensor, axis, true);
  const share = rule.classes === 'soft-max' ? pow(sum(exp(sub(tensor, highest)), axis), -1) : through(squeeze(highest, [axis]), rule.classes);
  return { score: flat(powered(share, rule.classPower)), classIds: flat(cast(argMax(tensor, axis), 'float32')) };
}

/** The number itself, or the expectation of the soft-max over its bins. */
function expectations(fields: Tensor, bins: number): Tensor2D {
  if (bins === 1) return fields as Tensor2D;
  const shares = softmax(reshape(fields, [-1, 4, bins]));
  return sum(mul(shares, range(0, bins, 1, 'float32')), 2);
}

function through(raw: Tensor, form: 'applied' | 'logistic'): Tensor {
  return form === 'applied' ? raw : sigmoid(raw);
}

function powered(value: Tensor, power: number): Tensor {
  return power === 1 ? value : pow(value, power);
}

function flat(tensor: Tensor): Tensor1D {
  return reshape(tensor, [-1]);
}

function asColumn(tensor: Tensor): Tensor2D {
  return reshape(cast(tensor, 'float32'), [-1, 1]);
}
