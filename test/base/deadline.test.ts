import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { messageOf, withDeadline } from '../../src/base/index.ts';

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

describe('withDeadline', () => {
  it('passes on work that is done in time, and leaves no timer behind', async () => {
    expect(await withDeadline(Promise.resolve(42), 1000, 'adding')).toEqual({ ok: true, value: 42 });
    expect(vi.getTimerCount()).toBe(0);
  });

  it('gives up at the limit, not before, and says on what', async () => {
    const outcome = withDeadline(new Promise<never>(() => undefined), 500, 'waiting for the camera');
    let settled = false;
    void outcome.then(() => (settled = true));
    await vi.advanceTimersByTimeAsync(499);
    expect(settled).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    expect(await outcome).toEqual({ ok: false, failure: { code: 'timeout', detail: 'waiting for the camera took longer than 500 ms' } });
  });

  it('lets an error of the work through, and leaves no timer behind', async () => {
    await expect(withDeadline(Promise.reject(new Error('broken')), 1000, 'x')).rejects.toThrow('broken');
    expect(vi.getTimerCount()).toBe(0);
  });

  it('keeps an error that comes too late from going unhandled', async () => {
    let fail: (reason: Error) => void = () => undefined;
    const outcome = withDeadline(new Promise<never>((_, reject) => (fail = reject)), 10, 'x');
    await vi.advanceTimersByTimeAsync(10);
    fail(new Error('late'));
    expect(await outcome).toMatchObject({ ok: false, failure: { code: 'timeout' } });
    vi.useRealTimers();
    await new Promise((turn) => setTimeout(turn, 0));
  });
});

describe('messageOf', () => {
  it('says what was thrown, whatever it was', () => {
    expect(messageOf(new TypeError('no'))).toBe('TypeError: no');
    expect(messageOf('plain')).toBe('plain');
    expect(messageOf({ a: 1 })).toBe('[object Object]');
    expect(messageOf(undefined)).toBe('[object Undefined]');
  });
});
