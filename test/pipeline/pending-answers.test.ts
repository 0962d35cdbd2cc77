import { describe, expect, it } from 'vitest';
import { PendingAnswers } from '../../src/pipeline/pending-answers.ts';
import type { EngineFailure } from '../../src/pipeline/protocol.ts';

const lost: EngineFailure = { code: 'engine-died', detail: 'lost' };
const never = (): Promise<never> => new Promise(() => undefined);

describe('PendingAnswers', () => {
  it('gives the answer, or the error, of an engine that lives', async () => {
    const pending = new PendingAnswers();
    expect(await pending.wait(Promise.resolve(42))).toBe(42);
    await expect(pending.wait(Promise.reject(new Error('no')))).rejects.toThrow('no');
  });

  it('lets everybody go who waits when the engine is given up', async () => {
    const pending = new PendingAnswers();
    const waiting = [pending.wait(never()), pending.wait(never())];
    pending.giveUp(lost);
    expect(await Promise.all(waiting)).toEqual([{ ok: false, failure: lost }, { ok: false, failure: lost }]);
  });

  it('does not remember: the next engine is asked afresh', async () => {
    const pending = new PendingAnswers();
    pending.giveUp(lost);
    expect(await pending.wait(Promise.resolve('answer'))).toBe('answer');
  });
});
