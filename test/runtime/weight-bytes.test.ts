import { expect, it } from 'vitest';
import { checkWeightBytes } from '../../src/runtime/weight-bytes.ts';

const shape = [3, 2];

it('a float32 of shape [3, 2] takes 24 bytes, quantised to uint8 it takes 6', () => {
  expect(checkWeightBytes([{ name: 'w', shape, dtype: 'float32' }], 24, 'm')).toEqual({ ok: true, value: null });
  expect(checkWeightBytes([{ name: 'w', shape, dtype: 'float32', quantization: { dtype: 'uint8' } }], 6, 'm')).toEqual({ ok: true, value: null });
});

it.each([
  ['float32', 4],
  ['int32', 4],
  ['float16', 2],
  ['uint16', 2],
  ['uint8', 1],
  ['bool', 1],
])('a scalar of %s takes %i', (dtype, bytes) => {
  expect(checkWeightBytes([{ name: 'w', shape: [], dtype }], bytes, 'm').ok).toBe(true);
});

it('says how many bytes are described and how many there are', () => {
  const two = [{ name: 'a', shape, dtype: 'float32' }, { name: 'b', shape: [4], dtype: 'uint8' }];
  for (const present of [27, 29, 0]) {
    expect(checkWeightBytes(two, present, 'card/manifest.json')).toEqual({
      ok: false,
      failure: { code: 'model-mismatch', detail: `card/manifest.json: describes 28 bytes of weights, the files hold ${present}` },
    });
  }
});

it('names a weight of a type that nobody knows', () => {
  expect(checkWeightBytes([{ name: 'w', shape, dtype: 'string' }], 6, 'm')).toMatchObject({ ok: false, failure: { detail: 'm: w has the unknown type string' } });
});
