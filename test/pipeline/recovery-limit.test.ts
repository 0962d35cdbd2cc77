import { expect, it } from 'vitest';
import { RecoveryLimit } from '../../src/pipeline/recovery-limit.ts';

it('lets a lost engine be replaced three times a minute, and again when the minute is over', () => {
  const limit = new RecoveryLimit();
  expect([0, 1000, 2000, 3000, 30_000].map((tMs) => limit.mayTry(tMs))).toEqual([true, true, true, false, false]);
  expect(limit.mayTry(60_001)).toBe(true);
  expect(limit.mayTry(60_500)).toBe(false);
});
