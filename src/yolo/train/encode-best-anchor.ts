import type { BoxXyxy } from '../../geometry/index.ts';
import { iou, toXyxy } from '../../geometry/index.ts';
import type { AnchorLevel, AnchorTargets, LevelTargets } from './anchor-levels.ts';
import { cellOf, inCells, slotCount } from './anchor-levels.ts';
import type { Claim } from './place-claims.ts';
import { placeClaims } from './place-claims.ts';
import { shapeIou } from './shape.ts';
import type { Truth } from './truth.ts';
import { isTeachable } from './truth.ts';

export interface BestAnchorOptions {
  /** A slot that is responsible for nothing is not asked when its box overlaps a truth by more than this IoU. */
  readonly ignoreIou: number;
  /**
   * Per grid, the boxes that the network says now, [slots, 4] as cx, cy, w, h in cells: what is compared for the rule
   * above. Without them each slot stands for its anchor at the middle of its cell.
   */
  readonly said?: readonly Float32Array[];
}

/**
 * Targets of a v2 head (one grid) or a v3/v4 head (several): a truth is taught to one slot, in the cell that holds its
 * centre, with the anchor of all grids whose shape overlaps it most (ties to the first). Slots that overlap a truth
 * well without being responsible are not punished for saying so.
 * Ref: Redmon and Farhadi, YOLOv3, arXiv:1804.02767, section 2.1; YOLO9000, arXiv:1612.08242, section 2.
 */
export function encodeBestAnchor(levels: readonly AnchorLevel[], truths: readonly Truth[], options: BestAnchorOptions): AnchorTargets {
  const claims = [...truths.entries()].flatMap(([index, truth]) => (isTeachable(truth) ? bestClaim(levels, truth, index) : []));
  const placed = placeClaims(levels, truths, claims);
  const seen = truths.filter(isTeachable);
  return { ...placed, levels: placed.levels.map((targets, i) => ignoreOverlaps(levels[i] as AnchorLevel, targets, seen, options, options.said?.[i])) };
}

function bestClaim(levels: readonly AnchorLevel[], truth: Truth, index: number): readonly Claim[] {
  let best: Claim | null = null;
  for (const [i, level] of levels.entries()) {
    const { cx, cy, w, h } = inCells(truth, level);
    for (const [anchor, shape] of level.anchors.entries()) {
      const fit = shapeIou([w, h], shape);
      if (fit > (best?.fit ?? 0)) {
        best = { truth: index, level: i, row: cellOf(cy, level.rows), column: cellOf(cx, level.columns), anchor, rank: 0, fit };
      }
    }
  }
  return best ? [best] : [];
}

function ignoreOverlaps(level: AnchorLevel, targets: LevelTargets, truths: readonly Truth[], { ignoreIou }: BestAnchorOptions, said?: Float32Array): LevelTargets {
  if (said && said.length !== slotCount(level) * 4) throw new RangeError(`expected ${slotCount(level)} boxes, got ${said.length / 4}`);
  const boxes = truths.map((truth) => toXyxy(inCells(truth, level)));
  const background = targets.background.map((weight, slot) => {
    if (weight === 0) return 0;
    const box = said ? saidBox(said, slot) : priorBox(level, slot);
    return boxes.some((truth) => iou(truth, box) > ignoreIou) ? 0 : 1;
  });
  return { ...targets, background };
}

function saidBox(said: Float32Array, slot: number): BoxXyxy {
  const [cx, cy, w, h] = said.subarray(slot * 4, slot * 4 + 4) as unknown as readonly [number, number, number, number];
  return toXyxy({ cx, cy, w, h });
}

function priorBox({ columns, anchors }: AnchorLevel, slot: number): BoxXyxy {
  const cell = Math.floor(slot / anchors.length);
  const [w, h] = anchors[slot % anchors.length] as readonly [number, number];
  return toXyxy({ cx: (cell % columns) + 0.5, cy: Math.floor(cell / columns) + 0.5, w, h });
}
