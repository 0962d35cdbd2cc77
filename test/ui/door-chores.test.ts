import { describe, expect, it } from 'vitest';
import { keepDoor, refreshEveryMs, waitMs } from '../../src/ui/door/door-chores.ts';
import { MadeClock } from '../kiosk/made-clock.ts';

describe('the chores of a door', () => {
  const begun = (isFree: () => boolean) => {
    const clock = new MadeClock();
    const done: string[] = [];
    const note = (name: string) => () => Promise.resolve(done.push(name));
    return { clock, done, stop: keepDoor({ clock, isFree, refresh: note('refresh'), cut: note('cut') }) };
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

  it('end', async () => {
    const { clock, done, stop } = begun(() => true);
    await clock.pass(1);
    stop();
    await clock.pass(30 * refreshEveryMs);
    expect(done).toEqual(['cut']);
  });
});
