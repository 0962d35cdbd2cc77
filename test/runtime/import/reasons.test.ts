import * as v from 'valibot';
import { expect, it } from 'vitest';
import { plainReason } from '../../../src/runtime/import/plain-reason.ts';
import { issueText } from '../../../src/runtime/issue-text.ts';

const schema = v.object({
  input: v.object({ scale: v.pipe(v.number(), v.gtValue(0)) }),
  name: v.pipe(v.string(), v.check((text) => text !== 'x', 'a name that is not accepted')),
  layers: v.optional(v.pipe(v.array(v.unknown()), v.minLength(1))),
});

it.each([
  [{ input: { scale: 0 }, name: 'a' }, 'the field input.scale is 0, not >0'],
  [{ input: { scale: '1' }, name: 'a' }, 'the field input.scale is "1", not number'],
  [{ name: 'a' }, 'the field input is missing'],
  [{ input: { scale: 1 }, name: 'x' }, 'the field name is a name that is not accepted'],
  [{ input: { scale: 1 }, name: 'a', layers: [] }, 'the field layers is 0, not >=1'],
  [7, 'the whole is 7, not Object'],
])('says of %j: %s', (json, text) => {
  const read = v.safeParse(schema, json);
  expect(read.success ? '' : issueText(read.issues[0])).toBe(text);
});

it('keeps the words of the machine away from people', () => {
  const readBeyond = (): unknown => {
    try {
      return new DataView(new ArrayBuffer(2)).getUint32(0);
    } catch (thrown) {
      return thrown;
    }
  };
  expect(plainReason(readBeyond())).toBe('a part of it would lie outside of the file');
  expect(plainReason(new RangeError('it holds no graph'))).toBe('it holds no graph');
  expect(plainReason(42)).toBe('of no reason that is known');
});
