import type { Failure, Result } from '../base/index.ts';
import { err, ok } from '../base/index.ts';
import type { Size } from '../geometry/index.ts';
import { area, toXyxy, unitToPx } from '../geometry/index.ts';
import type { TruthBox } from './types.ts';

/** Rounding of a writer with few digits may push a box a little over the edge. */
const slack = 1e-3;

/**
 * Reads the label file of one image in YOLO's text format: a line `class cx cy w h` per object, the last four in
 * 0..1 of the image. Empty lines are allowed; an empty file says that there is nothing in the image.
 * Example: `0 0.5 0.5 0.2 0.4` in 100x200 is class 0 at [40, 60, 60, 140].
 *
 * @param name of the file, for the failure's detail, which also names the line
 */
export function readYoloTxt(text: string, size: Size, name: string): Result<readonly TruthBox[], Failure<'wrong-format'>> {
  const truths: TruthBox[] = [];
  for (const [index, line] of text.split(/\r?\n/u).entries()) {
    const fields = line.trim().split(/\s+/u).filter(Boolean);
    if (fields.length === 0) continue;
    const numbers = fields.map(Number);
    const [classId, cx, cy, w, h] = numbers;
    const wrong = (why: string): Result<never, Failure<'wrong-format'>> => err('wrong-format', `${name}: line ${index + 1}: ${why}`);
    if (numbers.length !== 5 || classId === undefined || cx === undefined || cy === undefined || w === undefined || h === undefined) {
      return wrong(`expected "class cx cy w h", got ${fields.length} fields`);
    }
    if (!Number.isInteger(classId) || classId < 0) return wrong(`class must be a whole number from 0, got ${fields[0] ?? ''}`);
    const box = toXyxy({ cx, cy, w, h });
    const inside = w >= 0 && h >= 0 && Math.min(box.x1, box.y1) >= -slack && Math.max(box.x2, box.y2) <= 1 + slack;
    if (!inside) return wrong(`box is not within 0..1: ${fields.slice(1).join(' ')}`);
    const boxPx = unitToPx(box, size);
    truths.push({ classId, boxPx, areaPx2: area(boxPx), crowd: false });
  }
  return ok(truths);
}
