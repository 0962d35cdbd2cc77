import { describe, expect, it } from 'vitest';
import type { ServiceReason } from '../../src/kiosk/index.ts';
import { firstWaitMs, lastWaitMs, startAgain } from '../../src/ui/door/start-again.ts';
import { MadeClock } from '../kiosk/made-clock.ts';

/** A camera that says what is wrong when it is told to, and notes when it is started. */
function begun(onStart: (tell: (reason: ServiceReason, present: boolean) => void) => void = () => undefined) {
  const clock = new MadeClock();
  const beganMs = clock.nowMs();
  const starts: number[] = [];
  let tell: (reason: ServiceReason, present: boolean) => void = () => undefined;
  const camera = {
    start: () => {
      starts.push(clock.nowMs() - beganMs);
      onStart(tell);
      return Promise.resolve();
    },
    watch: (onFault: typeof tell) => {
      tell = onFault;
      return () => (tell = () => undefined);
    },
  };
  const stop = startAgain(clock, camera);
  return { clock, starts, stop, tell: (reason: ServiceReason, present: boolean) => tell(reason, present) };
}

describe('a camera at a door that did not come up', () => {
  it('is started again and again, after waits that grow to five minutes, though each start looks well at first', async () => {
    const { clock, starts, tell } = begun((told) => {
      told('no-engine', false);
      told('no-engine', true);
    });
    tell('no-engine', true);
    await clock.pass(40 * 60_000);
    const waits = starts.map((atMs, i) => atMs - (starts[i - 1] ?? 0));
    expect(waits.slice(0, 6)).toEqual([1, 2, 4, 8, 16, 20].map((times) => times * firstWaitMs));
    expect(waits.at(-1)).toBe(lastWaitMs);
  });

  it('is left alone when it heals by itself before the first wait is over, or was merely covered', async () => {
    const { clock, starts, tell } = begun();
    tell('no-engine', true);
    await clock.pass(firstWaitMs - 1);
    tell('no-engine', false);
    tell('camera-covered', true);
    await clock.pass(lastWaitMs);
    expect(starts).toEqual([]);
  });

  it('waits shortly again once it has run', async () => {
    const { clock, starts, tell } = begun((told) => told('no-camera', false));
    tell('no-camera', true);
    await clock.pass(firstWaitMs);
    await clock.pass(2 * firstWaitMs);
    tell('no-camera', true);
    await clock.pass(firstWaitMs);
    expect(starts).toEqual([firstWaitMs, 4 * firstWaitMs]);
  });

  it('is started no more when the screen is closed', async () => {
    const { clock, starts, stop, tell } = begun();
    tell('no-camera', true);
    stop();
    await clock.pass(lastWaitMs);
    expect(starts).toEqual([]);
  });
});
