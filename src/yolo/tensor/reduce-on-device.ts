import type { Rank, Tensor, Tensor1D, Tensor2D, Tensor4D } from '@tensorflow/tfjs-core';
import { add, all, argMax, cast, concat, cumsum, equal, exp, expandDims, fill, floorDiv, gather, greaterEqual, isFinite, less, logicalAnd, lowerBound, max, maximum, maxPool, minimum, mul, pow, range, reshape, sigmoid, slice, softmax, squeeze, stack, sub, sum, tensor1d, tidy, transpose } from '@tensorflow/tfjs-core';
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

/** A head of which a reduction keeps all that it says. */
export type ReducibleHead = Exclude<HeadSpec, End2endHead>;

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

/** What an NMS-free network gives is already small. */
export function canReduce(head: HeadSpec): head is ReducibleHead {
  return head.family !== 'end2end';
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
      head.family === 'centre' ? scoreCentre(head, outputs, minScore, maxCandidates) : scoreDense(planOf(head, outputs, input), outputs, minScore, maxCandidates);
    const { slots, count } = firstPassing(passes, maxCandidates);
    const { place, rest } = linesOf(slots);
    const lines = concat<Tensor2D>([place, asColumn(gather(scores, slots)), rest], 1);
    return concat<Tensor2D>([factsLine(passedBefore ? maximum(passedBefore, count) : count, outputs), lines]);
  });
}

/** The first slots that pass, and [1] how many do. */
interface Passing {
  readonly slots: Tensor1D;
  readonly count: Tensor1D;
}

/** Behind the last slot that passes the last slot of all is repeated: the count says that those are not to be read. */
function firstPassing(passes: Tensor1D, most: number): Passing {
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

function scoreDense(plan: DensePlan, outputs: readonly NamedTensor[], minScore: number, mostPlaces: number): Scored {
  const { boxAt, bins, objectnessAt, classesAt, classes, labels, score: rule } = plan;
  const views = plan.outputs.map(({ output, layout }) => viewOf(outputNamed(outputs, output).tensor, layout));
  const fields = (at: number, count: number): Tensor2D => concat<Tensor2D>(views.map((view) => view.fields(at, count)));
  const objectness = objectnessAt === null ? null : powered(through(flat(fields(objectnessAt, 1)), rule.objectness), rule.objectnessPower);
  const best = classes === 0 ? null : bestClasses(views, classesAt, classes, rule);
  const scores = best && objectness ? mul<Tensor1D>(best.scores, objectness) : (best?.scores ?? objectness);
  if (!scores) throw new Error('a head has classes or objectness');
  const boxes = fields(boxAt, 4 * bins);
  const boxesOf = (places: Tensor1D): Tensor2D => expectations(gather(boxes, places), bins);
  const passes = passing(scores, minScore);
  if (labels === 'every' && objectness && best) {
    const places = firstPassing(passes, mostPlaces);
    const shares = powered(classShares(gather(fields(classesAt, classes), places.slots), rule), rule.classPower);
    const labelScores = mul<Tensor2D>(shares, asColumn(gather(objectness, places.slots)));
    return scoreLabels(places, labelScores, passing(labelScores, minScore), (place) => place, boxesOf);
  }
  const classIds = best?.classIds ?? fill<Rank.R1>([scores.size], 0);
  return {
    scores: flat(scores),
    passes: flat(passes),
    linesOf: (slots) => ({ place: asColumn(slots), rest: concat<Tensor2D>([asColumn(gather(classIds, slots)), boxesOf(slots)], 1) }),
    passedBefore: null,
  };
}

/** A place of a centre head is a class of a cell, so that a cell may speak for several classes. */
function scoreCentre(head: CentreHead, outputs: readonly NamedTensor[], minScore: number, mostCells: number): Scored {
  const grid = outputNamed(outputs, head.scoresNode).tensor as Tensor4D;
  const classes = grid.shape[3];
  const isPeak = equal(grid, maxPool(grid, 3, 1, 'same'));
  const speaks = reshape<Rank.R2>(cast(logicalAnd(isPeak, greaterEqual(grid, minScore)), 'float32'), [-1, classes]);
  const cells = firstPassing(max<Tensor1D>(speaks, 1), mostCells);
  const sizes = reshape<Rank.R2>(outputNamed(outputs, head.sizesNode).tensor, [-1, 4]);
  const scores = gather(reshape<Rank.R2>(grid, [-1, classes]), cells.slots);
  const placeOf = (cell: Tensor1D, classId: Tensor1D): Tensor1D => add(mul(cell, tensor1d([classes], 'int32')), classId);
  return scoreLabels(cells, scores, gather(speaks, cells.slots), placeOf, (cell) => gather(sizes, cell));
}

/**
 * For heads of which a place may speak for several classes: places are chosen first and the classes of those places
 * next, since a running count over all classes of all places would be a million numbers long.
 *
 * @param scores [chosen, classes], as is `speaks`, 0 or 1
 * @param placeOf the number of a place, as the decoder counts, of a chosen place and a class
 */
function scoreLabels(chosen: Passing, scores: Tensor2D, speaks: Tensor2D, placeOf: (place: Tensor1D, classId: Tensor1D) => Tensor1D, boxesOf: (places: Tensor1D) => Tensor2D): Scored {
  const [most, classes] = scores.shape;
  const isChosen = cast(less(range(0, most, 1, 'float32'), chosen.count), 'float32');
  const classCount = tensor1d([classes], 'int32');
  return {
    scores: flat(scores),
    passes: flat(mul(speaks, asColumn(isChosen))),
    linesOf(slots) {
      const line = floorDiv<Tensor1D>(slots, classCount);
      // Not `mod`: a GPU divides floats for it and may take a whole quotient for a hair less.
      const classId = sub<Tensor1D>(slots, mul(line, classCount));
      const place = gather(cast<Tensor1D>(chosen.slots, 'int32'), line);
      return { place: asColumn(placeOf(place, classId)), rest: concat<Tensor2D>([asColumn(classId), boxesOf(place)], 1) };
    },
    passedBefore: chosen.count,
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

function bestClasses(views: readonly View[], at: number, count: number, rule: ScoreRule): { readonly scores: Tensor1D; readonly classIds: Tensor1D } {
  const parts = views.map((view) => {
    const { tensor, axis } = view.part(at, count);
    const highest = max(tensor, axis, true);
    const share = rule.classes === 'soft-max' ? pow(sum(exp(sub(tensor, highest)), axis), -1) : through(squeeze(highest, [axis]), rule.classes);
    return { scores: flat(powered(share, rule.classPower)), classIds: flat(cast(argMax(tensor, axis), 'float32')) };
  });
  return { scores: concat(parts.map((part) => part.scores)), classIds: concat(parts.map((part) => part.classIds)) };
}

/** [places, classes] raw numbers to what they say of each class, before any power. */
function classShares(raw: Tensor2D, rule: ScoreRule): Tensor2D {
  return rule.classes === 'soft-max' ? softmax(raw) : through(raw, rule.classes);
}

function passing<T extends Tensor>(scores: T, minScore: number): T {
  return cast<T>(greaterEqual<T>(scores, minScore), 'float32');
}

/** The number itself, or the expectation of the soft-max over its bins. */
function expectations(fields: Tensor, bins: number): Tensor2D {
  if (bins === 1) return fields as Tensor2D;
  const shares = softmax(reshape(fields, [-1, 4, bins]));
  return sum(mul(shares, range(0, bins, 1, 'float32')), 2);
}

function through<T extends Tensor>(raw: T, form: 'applied' | 'logistic'): T {
  return form === 'applied' ? raw : sigmoid(raw);
}

function powered<T extends Tensor>(value: T, power: number): T {
  return power === 1 ? value : pow(value, power);
}

function flat(tensor: Tensor): Tensor1D {
  return reshape(tensor, [-1]);
}

function asColumn(tensor: Tensor): Tensor2D {
  return reshape(cast(tensor, 'float32'), [-1, 1]);
}
