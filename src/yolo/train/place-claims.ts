import type { AnchorLevel, AnchorTargets, LevelTargets } from './anchor-levels.ts';
import { inCells, slotCount } from './anchor-levels.ts';
import type { Truth } from './truth.ts';

/** A truth's wish to be taught to one slot. */
export interface Claim {
  /** Index of the truth. */
  readonly truth: number;
  /** Index of the grid. */
  readonly level: number;
  readonly row: number;
  readonly column: number;
  readonly anchor: number;
  /** Claims of the truth's own cell (0) go before those of its neighbours (1). */
  readonly rank: 0 | 1;
  /** Shape IoU with the anchor. */
  readonly fit: number;
}

/**
 * Gives each slot to one truth, since it can say one box: the lower rank first, then the better fit, then the earlier
 * truth. A truth none of whose claims is met is lost. All other slots are background.
 */
export function placeClaims(levels: readonly AnchorLevel[], truths: readonly Truth[], claims: readonly Claim[]): AnchorTargets {
  const owners = levels.map(() => new Map<number, number>());
  const met = new Set<number>();
  const order = [...claims].sort((a, b) => a.rank - b.rank || b.fit - a.fit || a.truth - b.truth);
  for (const claim of order) {
    const level = levels[claim.level] as AnchorLevel;
    const owner = owners[claim.level] as Map<number, number>;
    const slot = (claim.row * level.columns + claim.column) * level.anchors.length + claim.anchor;
    if (owner.has(slot)) continue;
    owner.set(slot, claim.truth);
    met.add(claim.truth);
  }
  return {
    levels: levels.map((level, i) => levelTargets(level, truths, owners[i] as Map<number, number>)),
    lost: [...truths.keys()].filter((index) => !met.has(index)),
  };
}

function levelTargets(level: AnchorLevel, truths: readonly Truth[], owner: ReadonlyMap<number, number>): LevelTargets {
  const slots = Int32Array.from(owner.keys()).sort();
  const boxes = new Float32Array(slots.length * 4);
  const classIds = new Int32Array(slots.length);
  const background = new Float32Array(slotCount(level)).fill(1);
  for (const [i, slot] of slots.entries()) {
    const truth = truths[owner.get(slot) as number] as Truth;
    const { cx, cy, w, h } = inCells(truth, level);
    boxes.set([cx, cy, w, h], i * 4);
    classIds[i] = truth.classId;
    background[slot] = 0;
  }
  return { slots, boxes, classIds, background };
}
