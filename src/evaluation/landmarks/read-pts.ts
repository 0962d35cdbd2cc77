import type { Failure, Result } from '../../base/index.ts';
import { err, ok } from '../../base/index.ts';
import type { Point } from '../../geometry/index.ts';
import { landmarkCount } from './landmark-types.ts';

/** 68 lines of two numbers take a few kB. */
const maxChars = 1 << 20;

const layout = /^\s*version:\s*1\s+n_points:\s*(\d{1,9})\s*\{([^{}]*)\}\s*$/u;

/**
 * Reads the points of one face in the `.pts` format of 300-W: `version: 1`, `n_points: 68`, and between braces a line
 * `x y` for each point.
 *
 * @param originPx number of the first pixel of a row: 0, or 1 where the file was written by a program that counts from
 * 1, as the originals of 300-W were
 * @param name of the file, for the failure's detail, which names the point too
 */
export function readPts(text: string, name: string, originPx: 0 | 1 = 0): Result<readonly Point[], Failure<'wrong-format'>> {
  const wrong = (why: string): Result<never, Failure<'wrong-format'>> => err('wrong-format', `${name}: ${why}`);
  if (text.length > maxChars) return wrong(`longer than ${maxChars} characters`);
  const [, stated, body] = layout.exec(text) ?? [];
  if (stated === undefined || body === undefined) return wrong('expected "version: 1", "n_points: 68" and points between { and }');
  if (Number(stated) !== landmarkCount) return wrong(`n_points is ${stated}, not ${landmarkCount}`);
  const rows = body.split(/\r?\n/u).map((line) => line.trim()).filter(Boolean);
  if (rows.length !== landmarkCount) return wrong(`n_points is ${stated}, and there are ${rows.length} lines`);
  const points: Point[] = [];
  for (const [index, row] of rows.entries()) {
    const [x, y, ...more] = row.split(/\s+/u).map(Number);
    if (x === undefined || y === undefined || more.length > 0 || !Number.isFinite(x) || !Number.isFinite(y)) return wrong(`point ${index + 1}: expected "x y", got "${row.slice(0, 40)}"`);
    points.push({ x: x - originPx, y: y - originPx });
  }
  return ok(points);
}
