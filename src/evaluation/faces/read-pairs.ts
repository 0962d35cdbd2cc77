import type { Failure, Result } from '../../base/index.ts';
import { err, ok } from '../../base/index.ts';

/** Two pictures to compare, by their paths from one root. */
export interface FacePhotoPair {
  readonly a: string;
  readonly b: string;
  readonly isSame: boolean;
  readonly fold: number | null;
}

export type PairsFailure = Failure<'wrong-pairs'>;

const header = ['a', 'b', 'same', 'fold'];

/**
 * Reads pairs as comma-separated values: the columns `a,b,same` and perhaps `fold`, named in the first line. `same` is 1 or
 * 0, `fold` a whole number; a field with commas stands in quotation marks. A failure names the line.
 */
export function readPairs(text: string): Result<readonly FacePhotoPair[], PairsFailure> {
  const lines = text.replace(/^\uFEFF/u, '').split(/\r?\n/u);
  const [first = ''] = lines;
  const columns = first.split(',').map((name) => name.trim());
  const expected = header.slice(0, columns.length);
  if (columns.length < 3 || columns.length > 4 || columns.some((name, i) => name !== expected[i])) return err('wrong-pairs', `line 1: "${first}" is not a,b,same or a,b,same,fold`);
  const pairs: FacePhotoPair[] = [];
  for (const [i, line] of lines.entries()) {
    if (i === 0 || line.trim() === '') continue;
    const pair = pairOf(line, columns.length);
    if (typeof pair === 'string') return err('wrong-pairs', `line ${i + 1}: ${pair}`);
    pairs.push(pair);
  }
  return pairs.length > 0 ? ok(pairs) : err('wrong-pairs', 'there are no pairs');
}

/** A pair, or what is wrong with the line. */
function pairOf(line: string, columns: number): FacePhotoPair | string {
  const fields = fieldsOf(line);
  if (!fields) return 'a quotation mark is not closed';
  if (fields.length !== columns) return `${fields.length} fields, not ${columns}`;
  const [a = '', b = '', same, fold] = fields;
  if (a === '' || b === '') return 'a name is empty';
  if (same !== '0' && same !== '1') return `same must be 1 or 0, not "${same ?? ''}"`;
  if (fold !== undefined && !/^\d{1,6}$/u.test(fold)) return `fold must be a whole number, not "${fold}"`;
  return { a, b, isSame: same === '1', fold: fold === undefined ? null : Number(fold) };
}

/** The fields of a line, without the quotation marks around them; null where one is left open. Ref: RFC 4180. */
function fieldsOf(line: string): readonly string[] | null {
  const fields: string[] = [];
  let field = '';
  let quoted = false;
  for (let i = 0; i < line.length; i++) {
    const letter = line[i] ?? '';
    if (quoted && letter === '"' && line[i + 1] === '"') {
      field += letter;
      i++;
    } else if (letter === '"') {
      quoted = !quoted;
    } else if (letter === ',' && !quoted) {
      fields.push(field.trim());
      field = '';
    } else {
      field += letter;
    }
  }
  return quoted ? null : [...fields, field.trim()];
}
