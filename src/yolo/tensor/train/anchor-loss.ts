import type { Scalar, Tensor2D, Tensor4D } from '@tensorflow/tfjs-core';
import { add, mul, reshape, scalar, slice, sum, tensor2d, tidy } from '@tensorflow/tfjs-core';
import type { AnchorLevel, AnchorTargets, LevelTargets } from '../../train/anchor-levels.ts';
import { slotCount } from '../../train/anchor-levels.ts';
import type { Focal } from './binary-cross-entropy.ts';
import { binaryCrossEntropy } from './binary-cross-entropy.ts';
import type { BoxLossKind } from './box-loss.ts';
import { boxIou, boxLoss } from './box-loss.ts';
import { classCrossEntropy, classLabels } from './class-cross-entropy.ts';
import { gatherRows } from './gather-rows.ts';
import { joinFloats, joinIndices } from './join-arrays.ts';
import { slotBoxes } from './slot-boxes.ts';
import { withoutGradient } from './without-gradient.ts';

/** How an anchor head is taught, as data. */
export interface AnchorRecipe {
  readonly box: BoxLossKind;
  /** What objectness should be where there is an object: 1, or the IoU of the box that the slot says now. */
  readonly objectness: 'one' | 'iou';
  /** How class logits become probabilities: against each other (v2), or each for itself (v3 and later). */
  readonly classes: 'soft-max' | 'logistic';
  /** Label smoothing of the classes, 0 <= smoothing < 1. */
  readonly smoothing: number;
  /** For objectness, where nearly every slot is background; null for plain cross entropy. */
  readonly focal: Focal | null;
  /**
   * What the sums of the parts are divided by.
   * - `objects`: by the slots of the batch that are responsible for an object, at least 1, so that a crowded picture does
   *   not teach harder than an empty one.
   * - `grids`: grid by grid, and then added: box and classes by that grid's responsible slots (logistic classes by their
   *   number too), objectness and background by all its slots.
   */
  readonly mean: 'objects' | 'grids';
  /** Weight of each grid's objectness and background, in the order of the grids; 1 where the list ends. */
  readonly balance: readonly number[];
  readonly weights: {
    readonly box: number;
    readonly objectness: number;
    readonly background: number;
    readonly classes: number;
  };
}

/** As YOLOv2 is taught. Weights from YOLOv1, arXiv:1506.02640, equation 3. */
export const v2Recipe: AnchorRecipe = {
  box: 'squared',
  objectness: 'iou',
  classes: 'soft-max',
  smoothing: 0,
  focal: null,
  mean: 'objects',
  balance: [],
  weights: { box: 5, objectness: 1, background: 0.5, classes: 1 },
};

/** As YOLOv3 is taught: arXiv:1804.02767, sections 2.1 and 2.2, which weigh all parts alike. */
export const v3Recipe: AnchorRecipe = {
  box: 'squared',
  objectness: 'one',
  classes: 'logistic',
  smoothing: 0,
  focal: null,
  mean: 'objects',
  balance: [],
  weights: { box: 1, objectness: 1, background: 1, classes: 1 },
};

/**
 * As YOLOv5 is taught, with three grids, finest first, and targets of `encodeNearAnchors` by `v5Nearness`. Ref: the
 * documentation of YOLOv5, "Architecture Description", sections "Compute Losses" and "Balance Losses"; weights from its
 * `hyp.scratch-low.yaml`.
 */
export const v5Recipe: AnchorRecipe = {
  box: 'ciou',
  objectness: 'iou',
  classes: 'logistic',
  smoothing: 0,
  focal: null,
  mean: 'grids',
  balance: [4, 1, 0.4],
  weights: { box: 0.05, objectness: 1, background: 1, classes: 0.5 },
};

/** The parts of a loss, each a mean as the recipe says and not yet weighed, and their weighed sum. */
export interface AnchorLoss {
  readonly total: Scalar;
  readonly box: Scalar;
  /** Of the slots that are responsible for an object. */
  readonly objectness: Scalar;
  /** Objectness of the slots that should say that there is nothing. */
  readonly background: Scalar;
  readonly classes: Scalar;
}

/**
 * The loss of an anchor head on a batch, differentiable in the outputs.
 * Throws RangeError when outputs, levels and targets do not belong together.
 *
 * @param outputs per grid, raw: [images, rows, columns, anchors * (5 + classes)], per anchor x, y, w, h, objectness,
 *   classes; a head with one class may leave its field out
 * @param targets per image
 */
export function anchorLoss(outputs: readonly Tensor4D[], levels: readonly AnchorLevel[], targets: readonly AnchorTargets[], recipe: AnchorRecipe): AnchorLoss {
  if (outputs.length !== levels.length) throw new RangeError(`${outputs.length} outputs for ${levels.length} grids`);
  return tidy(() => {
    const objects = targets.flatMap((image) => image.levels).reduce((count, { slots }) => count + slots.length, 0);
    const levelLosses = outputs.map((output, i) => {
      const level = levels[i] as AnchorLevel;
      const raw = flatOutput(output, level, targets.length);
      const joined = joinImages(level, targets.map((image) => image.levels[i]));
      return { sums: levelSums(raw, level, joined, recipe), factors: factorsOf(recipe, objects, i, raw, joined) };
    });
    const mean = (part: keyof LevelSums): Scalar => total(levelLosses.map(({ sums, factors }) => mul(sums[part], factors[part])));
    const parts = { box: mean('box'), objectness: mean('objectness'), background: mean('background'), classes: mean('classes') };
    const { weights } = recipe;
    const weighed = [mul(parts.box, weights.box), mul(parts.objectness, weights.objectness), mul(parts.background, weights.background), mul(parts.classes, weights.classes)];
    return { ...parts, total: total(weighed as Scalar[]) };
  });
}

type LevelSums = Omit<AnchorLoss, 'total'>;

/** By what each sum of a grid is multiplied. */
function factorsOf({ mean, balance, classes: kind }: AnchorRecipe, objects: number, grid: number, raw: Tensor2D, { slots }: LevelTargets): Record<keyof LevelSums, number> {
  const [slotsOfGrid, fields] = raw.shape;
  const perObject = 1 / Math.max(1, mean === 'objects' ? objects : slots.length);
  const perSlot = (mean === 'objects' ? perObject : 1 / slotsOfGrid) * (balance[grid] ?? 1);
  const classes = mean === 'grids' && kind === 'logistic' ? Math.max(1, fields - 5) : 1;
  return { box: perObject, objectness: perSlot, background: perSlot, classes: perObject / classes };
}

function levelSums(raw: Tensor2D, level: AnchorLevel, targets: LevelTargets, recipe: AnchorRecipe): LevelSums {
  const { slots, boxes, classIds, background } = targets;
  const { focal } = recipe;
  const alarms = binaryCrossEntropy(slice(raw, [0, 4], [-1, 1]), 0, { focal });
  const ofBackground: Scalar = sum(mul(alarms, tensor2d(background, [background.length, 1])));
  if (slots.length === 0) return { box: scalar(0), objectness: scalar(0), background: ofBackground, classes: scalar(0) };
  const rows = gatherRows(raw, slots);
  const truths = tensor2d(boxes, [slots.length, 4]);
  const said = slotBoxes(rows, level, slots);
  const label = recipe.objectness === 'one' ? 1 : withoutGradient([said], () => reshape(boxIou(said, truths), [slots.length, 1]));
  return {
    box: sum(boxLoss(recipe.box, said, truths)),
    objectness: sum(binaryCrossEntropy(slice(rows, [0, 4], [-1, 1]), label, { focal })),
    background: ofBackground,
    classes: classLoss(rows, classIds, recipe),
  };
}

function classLoss(rows: Tensor2D, classIds: Int32Array, { classes: kind, smoothing }: AnchorRecipe): Scalar {
  const classes = rows.shape[1] - 5;
  if (classes === 0) return scalar(0);
  const logits = slice(rows, [0, 5], [-1, classes]);
  if (kind === 'soft-max') return sum(classCrossEntropy(logits, classIds, smoothing));
  return sum(binaryCrossEntropy(logits, classLabels(classIds, classes), { smoothing }));
}

/** The targets of one grid for a whole batch, the slots of each image counted on after those of the one before. */
function joinImages(level: AnchorLevel, images: readonly (LevelTargets | undefined)[]): LevelTargets {
  const count = slotCount(level);
  const each = images.map((image) => {
    if (image?.background.length !== count) throw new RangeError(`targets of ${image?.background.length ?? 0} slots for a grid of ${count}`);
    return image;
  });
  return {
    slots: joinIndices(each.map(({ slots }) => slots), count),
    boxes: joinFloats(each.map(({ boxes }) => boxes)),
    classIds: joinIndices(each.map(({ classIds }) => classIds), 0),
    background: joinFloats(each.map(({ background }) => background)),
  };
}

function flatOutput(output: Tensor4D, level: AnchorLevel, images: number): Tensor2D {
  const [batch, rows, columns, channels] = output.shape;
  const fields = channels / level.anchors.length;
  const fits = batch === images && rows === level.rows && columns === level.columns && Number.isInteger(fields) && fields >= 5;
  if (!fits) throw new RangeError(`output [${output.shape.join(', ')}] for ${images} images, a grid of ${level.rows}x${level.columns} and ${level.anchors.length} anchors`);
  return reshape(output, [images * slotCount(level), fields]);
}

function total(scalars: readonly Scalar[]): Scalar {
  return scalars.reduce((all, one) => add(all, one));
}
