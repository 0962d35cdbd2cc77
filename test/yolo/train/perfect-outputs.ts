import type { Size } from '../../../src/geometry/index.ts';
import type { AnchorLevel, AnchorTargets, CentreLevel, CentreTargets, LevelTargets, RawOutput } from '../../../src/yolo/index.ts';

/** Raw numbers that stand for "surely" and "surely not". */
const sure = 20;
/** A centre on the border of its cell is out of reach of a logistic function; this is near enough in float32. */
const furthest = 16;

/** What a network that has learnt the targets fully gives: one raw output per grid, channels last. */
export function perfectOutputs(levels: readonly AnchorLevel[], targets: AnchorTargets, names: readonly string[], classes: number): readonly RawOutput[] {
  return levels.map((level, i) => perfectOutput(level, targets.levels[i]!, names[i]!, classes));
}

function perfectOutput(level: AnchorLevel, targets: LevelTargets, name: string, classes: number): RawOutput {
  const { rows, columns, anchors, scaleXY, sides } = level;
  const fields = 5 + classes;
  const data = new Float32Array(rows * columns * anchors.length * fields).fill(-sure);
  for (const [i, slot] of targets.slots.entries()) {
    const cell = Math.floor(slot / anchors.length);
    const [anchorW, anchorH] = anchors[slot % anchors.length]!;
    const [cx, cy, w, h] = targets.boxes.subarray(i * 4, i * 4 + 4) as unknown as [number, number, number, number];
    const offset = (inCell: number): number => logit((inCell - 0.5) / scaleXY + 0.5);
    const side = (ratio: number): number => (sides === 'exponential' ? Math.log(ratio) : logit(Math.sqrt(ratio) / 2));
    const column = cell % columns;
    data.set([offset(cx - column), offset(cy - (cell - column) / columns), side(w / anchorW), side(h / anchorH), sure], slot * fields);
    if (classes > 0) data[slot * fields + 5 + targets.classIds[i]!] = sure;
  }
  return { name, shape: [1, rows, columns, anchors.length * fields], data };
}

function logit(p: number): number {
  return Math.max(-furthest, Math.min(furthest, Math.log(p / (1 - p))));
}

/** The same for a centre head, whose sizes elsewhere are wrong on purpose. */
export function perfectCentre(level: CentreLevel, targets: CentreTargets, names: readonly [string, string]): readonly RawOutput[] {
  const { rows, columns, classes } = level;
  const sides = new Float32Array(rows * columns * 4).fill(-1);
  for (const [i, cell] of targets.cells.entries()) sides.set(targets.sidesPx.subarray(i * 4, i * 4 + 4), cell * 4);
  return [
    { name: names[0], shape: [1, rows, columns, classes], data: targets.heat },
    { name: names[1], shape: [1, rows, columns, 4], data: sides },
  ];
}

/** Input pixels of a truth's box. */
export function boxInPx(box: { x1: number; y1: number; x2: number; y2: number }, input: Size): readonly number[] {
  return [box.x1 * input.width, box.y1 * input.height, box.x2 * input.width, box.y2 * input.height];
}
