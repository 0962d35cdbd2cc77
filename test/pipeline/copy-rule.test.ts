import { describe, expect, it } from 'vitest';
import { CopyRule } from '../../src/pipeline/engine/copy-rule.ts';

function after(crops: readonly number[], copies: readonly number[] = []): CopyRule {
  const rule = new CopyRule();
  for (const ms of crops) rule.cropped(ms);
  for (const ms of copies) rule.copied(ms);
  return rule;
}

describe('the rule of copies', () => {
  it('copies frames whose crops are all slow, and goes on as long as a copy takes less', () => {
    expect(after([110, 140, 120]).copies).toBe(true);
    expect(after([110, 140, 120], [30, 45]).copies).toBe(true);
  });

  it('takes one slow crop for an accident', () => {
    expect(after([1, 90, 1, 2, 80, 1]).copies).toBe(false);
    expect(after([90, 80]).copies).toBe(false);
  });

  it('gives copies up where one takes longer than a crop, until there is a new source', () => {
    const rule = after([5, 6, 5.5], [9]);
    expect(rule.copies).toBe(false);
    for (const ms of [5, 6, 7]) rule.cropped(ms);
    expect(rule.copies).toBe(false);
    rule.reset();
    for (const ms of [110, 120, 130]) rule.cropped(ms);
    expect(rule.copies).toBe(true);
  });
});
