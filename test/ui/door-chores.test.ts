import { describe, expect, it } from 'vitest';
import { keepDoor, pauseEveryMs, refreshEveryMs, waitMs } from '../../src/ui/door/door-chores.ts';
import { DoorRestart, restartByUpdates } from '../../src/ui/door/door-restart.ts';
import { MadeClock } from '../kiosk/made-clock.ts';

describe('the chores of a door', () => {
  const begun = (isFree: () => boolean, mayRestart = () => false, isPaused = () => false) => {
    const clock = new MadeClock();
    const done: string[] = [];
    const note = (name: string) => () => Promise.resolve(done.push(name));
    return { clock, done, stop: keepDoor({ clock, isFree, refresh: note('refresh'), cut: note('cut'), mayRestart, restart: () => void done.push('restart'), isPaused: () => Promise.resolve(isPaused()), pause: (on) => void done.push(on ? 'shut' : 'open') }) };
  };
  const count = (done: readonly string[], name: string) => done.filter((each) => each === name).length;

  it('read who is known once an hour and cut the record once a day, at once for the first time', async () => {
    const { clock, done } = begun(() => true);
    await clock.pass(25 * refreshEveryMs + 1);
    expect(count(done, 'refresh')).toBe(25);
    expect(count(done, 'cut')).toBe(2);
  });

  it('wait until nobody is at the door', async () => {
    let isFree = false;
    const { clock, done } = begun(() => isFree);
    await clock.pass(refreshEveryMs + 10 * waitMs);
    expect(count(done, 'refresh')).toBe(0);
    isFree = true;
    await clock.pass(waitMs);
    expect(count(done, 'refresh')).toBe(1);
  });

  it('look every minute whether the door may start anew', async () => {
    let may = false;
    const { clock, done } = begun(() => true, () => may);
    await clock.pass(10 * waitMs);
    expect(count(done, 'restart')).toBe(0);
    may = true;
    await clock.pass(waitMs);
    expect(count(done, 'restart')).toBe(1);
  });

  it('shut the door within two seconds of the owner saying so elsewhere, also while somebody stands there', async () => {
    let isPaused = false;
    const { clock, done } = begun(() => false, undefined, () => isPaused);
    await clock.pass(10 * pauseEveryMs);
    expect(count(done, 'shut')).toBe(0);
    isPaused = true;
    await clock.pass(pauseEveryMs);
    expect(done.at(-1)).toBe('shut');
    isPaused = false;
    await clock.pass(pauseEveryMs);
    expect(done.at(-1)).toBe('open');
  });

  it('end', async () => {
    const { clock, done, stop } = begun(() => true);
    await clock.pass(1);
    stop();
    await clock.pass(30 * refreshEveryMs);
    expect(done.toSorted()).toEqual(['cut', 'open']);
  });
});

describe('the restart of a door', () => {
  const minuteMs = 60_000;
  /** A door that has run since noon, as a person would set its window: 3 to 4 at night. */
  const begun = (updates: { state: 'waiting' | 'current' | 'failed' }) => {
    const clock = new MadeClock();
    const noonMs = new Date(2026, 5, 1, 12).getTime();
    const calls: string[] = [];
    const hold = () => {
      calls.push('hold');
      return () => void calls.push('let go');
    };
    const way = restartByUpdates({ ...updates, apply: () => void calls.push('apply'), hold }, () => void calls.push('reload'));
    const parts = { window: { fromMinute: 180, untilMinute: 240 }, clock, calendar: { epochMs: () => noonMs + clock.nowMs() }, way };
    return { clock, calls, way, restart: new DoorRestart(parts) };
  };

  it('is due at night, when nobody was there for two minutes', async () => {
    const { clock, restart } = begun({ state: 'current' });
    await clock.pass(14 * 60 * minuteMs);
    expect(restart.isDue()).toBe(false);
    restart.see({ state: 'look', say: 'look-here', canUsePin: true });
    await clock.pass(70 * minuteMs);
    expect([restart.isDue(), restart.isBusy]).toEqual([false, true]);
    restart.see({ state: 'idle' });
    await clock.pass(minuteMs);
    expect([restart.isDue(), restart.isBusy]).toEqual([false, true]);
    restart.see({ state: 'out-of-service', reason: 'door-offline' });
    await clock.pass(minuteMs);
    expect([restart.isDue(), restart.isBusy]).toEqual([true, false]);
  });

  it('holds every update back from the first look until the visit is over, whoever agrees to it', () => {
    const { calls, restart } = begun({ state: 'waiting' });
    restart.see({ state: 'idle' });
    expect(calls).toEqual([]);
    for (const say of ['look-here', 'come-closer'] as const) restart.see({ state: 'look', say, canUsePin: true });
    expect(calls).toEqual(['hold']);
    restart.see({ state: 'idle' });
    expect(calls).toEqual(['hold', 'let go']);
    restart.see({ state: 'look', say: 'look-here', canUsePin: true });
    restart.end();
    expect(calls).toEqual(['hold', 'let go', 'hold', 'let go']);
  });

  it.each([
    ['waiting', ['apply']],
    ['current', ['reload']],
    ['failed', []],
  ] as const)('where the app is %s: %j', (state, wanted) => {
    const { way, calls } = begun({ state });
    way.restart();
    expect(calls).toEqual(wanted);
  });
});
