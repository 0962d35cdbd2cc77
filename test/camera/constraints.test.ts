import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { constraintSteps } from '../../src/camera/constraints.ts';

const size = { width: { ideal: 1280 }, height: { ideal: 720 } };
const idealSize = { width: 1280, height: 720 };

describe('constraintSteps', () => {
  it('drops the lens, then the facing, then the size', () => {
    expect(constraintSteps({ lensId: 'a', facing: 'user', idealSize })).toEqual([
      { deviceId: { exact: 'a' }, ...size },
      { facingMode: { exact: 'user' }, ...size },
      { facingMode: { ideal: 'user' }, ...size },
      {},
    ]);
  });

  it('asks for anything when nothing is wished', () => {
    expect(constraintSteps({})).toEqual([{}]);
    expect(constraintSteps({ lensId: null })).toEqual([{}]);
  });

  it('never leaves the lens or the facing that is insisted on', () => {
    expect(constraintSteps({ lensId: 'a', facing: 'user', idealSize }, 'this')).toEqual([{ deviceId: { exact: 'a' }, ...size }, { deviceId: { exact: 'a' } }]);
    expect(constraintSteps({ facing: 'environment' }, 'this')).toEqual([{ facingMode: { exact: 'environment' } }]);
  });

  it('gives distinct steps that end with the loosest, whatever is wished', () => {
    const wish = fc.record(
      {
        lensId: fc.option(fc.string()),
        facing: fc.constantFrom('user', 'environment'),
        idealSize: fc.record({ width: fc.integer({ min: 1 }), height: fc.integer({ min: 1 }) }),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(wish, (any) => {
        const steps = constraintSteps(any);
        expect(steps.at(-1)).toEqual({});
        expect(new Set(steps.map((step) => JSON.stringify(step))).size).toBe(steps.length);
      }),
    );
  });
});
