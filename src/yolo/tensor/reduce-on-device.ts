import type { Rank, Tensor, Tensor1D, Tensor2D, Tensor4D } from '@tensorflow/tfjs-core';
import { add, all, argMax, cast, concat, cumsum, equal, exp, expandDims, fill, floorDiv, gather, greaterEqual, isFinite, less, logicalAnd, lowerBound, max, maximum, maxPool, minimum, mod, mul, pow, range, reshape, sigmoid, slice, softmax, squeeze, stack, sub, sum, tensor1d, tidy, transpose } from '@tensorflow/tfjs-core';
import type { Size } from '../../geometry/index.ts';
import type { DensePlan, ScoreRule } from '../decode/dense-plan.ts';
import type { DenseHead } from '../decode/dense-plan-of.ts';
import { densePlanOf } from '../decode/dense-plan-of.ts';
import type { PlaceLayout } from '../decode/place-layout.ts';
import { outputNamed } from '../decode/raw-output.ts';
import { mostReduced, reducedRow } from '../decode/reduced-rows.ts';
import type { CentreHead } from '../heads/centre.ts';
import type { End2endHead } from '../heads/end2end.ts';
import type { HeadSpec } from '../heads/read-head.ts';
import type { V3Head } from '../heads/v3.ts';

/** A head of which a reduction keeps all that it says. */
export type ReducibleHead = Exclude<HeadSpec, V3Head | End2endHead>;

/** One output of a network, still on the device. */
export interface NamedTensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly tensor: Tensor;
}

/** Slots, one per place that may become a box. */
interface Scored {
  /** [slots] 0 or 1 */
  readonly passes: Tensor1D;
  /** [slots] */
  readonly scores: Tensor1D;
  /** Number of the place, class and four box numbers of some slots: [n] to [n, 6]. */
  readonly linesOf: (slots: Tensor1D) => { readonly place: Tensor2D; readonly rest: Tensor2D };
  /** [1] How many passed at least, where the slots may not be all places; null where they are. */
  readonly passedBefore: Tensor1D | null;
}

/**
 * Whether a reduction keeps all that the head says: it holds one class of a place, and a v3 head may give several. What an
 * NMS-free network gives is already small.
 */
export function canReduce(head: HeadSpec): head is ReducibleHead {
  return head.family !== 'v3' && head.family !== 'end2end';
}

/**
 * Reduces a grid before the read-back: best class, score filter, and the lines of the places that pass gathered in front,
 * so that a few kilobytes are read in place of megabytes. The k-th candidate is the first place at which the running
 * count of passing places reaches k. (`topk` would not do: on WebGL it reads its input back for grids of this size.)
 * Throws RangeError for more candidates than 64 KB hold, Error when the outputs do not fit the head.
 *
 * @returns [maxCandidates + 1, 7], laid out as `reducedRow` says; the caller's to dispose
 */
export function reduceGrid(head: ReducibleHead, outputs: readonly NamedTensor[], minScore: number, maxCandidates: number, input: Size): Tensor2D {
  if (!(maxCandidates >= 1 && maxCandidates <= mostReduced)) throw new RangeError(`1 to ${mostReduced} candidates, not ${maxCandidates}`);
  return tidy(() => {
    const { passes, scores, linesOf, passedBefore } =
      head.family === 'centre' ? scoreCentre(head, outputs, minScore, maxCandidates) : scoreDense(planOf(head, outputs, input), outputs, minScore);
    const { slots, count } = firstPassing(passes, maxCandidates);
    const { place, rest } = linesOf(slots);
    const lines = concat<Tensor2D>([place, asColumn(gather(scores, slots)), rest], 1);
    return concat<Tensor2D>([factsLine(passedBefore ? maximum(passedBefore, count) : count, outputs), lines]);
  });
}

/**
 * The first slots that pass, and [1] how many do. Behind the last of them the last slot of all is repeated: the count says
 * that those are not to be read.
 */
function firstPassing(passes: Tensor1D, most: number): { slots: Tensor1D; count: Tensor1D } {
  const last = passes.shape[0] - 1;
  const counts = cumsum<Tensor1D>(passes);
  const slots = minimum(lowerBound(counts, range(1, most + 1, 1, 'float32')), tensor1d([last], 'int32'));
  return { slots: flat(slots), count: slice<Rank.R1, Tensor1D>(counts, last, 1) };
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
    linesOf: (slots) => ({ place: asColumn(slots), rest: concat<Tensor2D>([asColumn(gather(classIds, slots)), expectations(gather(boxes, slots), bins)], 1) }),
    passedBefore: null,
  };
}

/**
 * A place of a centre head is a class of a cell, so that a cell may speak for several classes. Cells are chosen first and
 * the classes of those cells next: a running count over all classes of all cells would be a million numbers long.
 */
function scoreCentre(head: CentreHead, outputs: readonly NamedTensor[], minScore: number, mostCells: number): Scored {
  const grid = outputNamed(outputs, head.scoresNode).tensor as Tensor4D;
  const classes = grid.shape[3];
  const isPeak = equal(grid, maxPool(grid, 3, 1, 'same'));
  const speaks = reshape<Rank.R2>(cast(logicalAnd(isPeak, greaterEqual(grid, minScore)), 'float32'), [-1, classes]);
  const cells = firstPassing(max<Tensor1D>(speaks, 1), mostCells);
  const isChosen = cast(less(range(0, mostCells, 1, 'float32'), cells.count), 'float32');
  const sizes = reshape<Rank.R2>(outputNamed(outputs, head.sizesNode).tensor, [-1, 4]);
  const classCount = tensor1d([classes], 'int32');
  return {
    scores: flat(gather(reshape(grid, [-1, classes]), cells.slots)),
    passes: flat(mul(gather(speaks, cells.slots), asColumn(isChosen))),
    linesOf(slots) {
      const cell = gather(cast(cells.slots, 'int32'), floorDiv(slots, classCount));
      const classId = mod(slots, classCount);
      return { place: asColumn(add(mul(cell, classCount), classId)), rest: concat<Tensor2D>([asColumn(classId), gather(sizes, cell)], 1) };
    },
    passedBefore: cells.count,
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
