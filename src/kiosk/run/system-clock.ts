import { systemCalendar, systemClock } from '../../base/index.ts';
import type { KioskClock } from '../ports.ts';

export const systemKioskClock: KioskClock = {
  nowMs: () => systemClock.nowMs(),
  epochMs: () => systemCalendar.epochMs(),
  after(delayMs, run) {
    const handle = setTimeout(run, delayMs);
    return () => clearTimeout(handle);
  },
};
