import { describe, expect, it } from 'vitest';
import { err, ok } from '../../src/base/index.ts';
import type { AuditEntry } from '../../src/kiosk/index.ts';
import { FrameAge } from '../../src/kiosk/run/frame-age.ts';
import { RecordWriter } from '../../src/kiosk/run/record-writer.ts';
import { MadeClock } from './made-clock.ts';

const fault = (code: string): AuditEntry => ({ kind: 'fault', part: 'flow', code });

describe('the writer of the record', () => {
  const made = () => {
    const clock = new MadeClock();
    const state = { works: true, kept: [] as AuditEntry[], told: [] as boolean[] };
    const audit = {
      append: async (entry: AuditEntry) => {
        await new Promise<void>((resolve) => clock.after(10, resolve));
        if (!state.works) return err('quota', '');
        state.kept.push(entry);
        return ok(null);
      },
    };
    return { clock, state, writer: new RecordWriter({ audit, clock, onBroken: (isBroken) => state.told.push(isBroken) }) };
  };

  it('keeps the order in which it was given things', async () => {
    const { clock, state, writer } = made();
    writer.note(fault('a'));
    const kept = writer.keep([fault('b'), fault('c')]);
    writer.note(fault('d'));
    await clock.pass(1000);
    expect(await kept).toBe(true);
    expect(state.kept).toEqual(['a', 'b', 'c', 'd'].map(fault));
    expect(state.told.at(-1)).toBe(false);
  });

  it('keeps nothing that a door depends on while older entries wait, and writes those when it can', async () => {
    const { clock, state, writer } = made();
    state.works = false;
    writer.note(fault('a'));
    await clock.pass(100);
    expect(state.told).toEqual([true]);
    state.works = true;
    const kept = writer.keep([fault('b')]);
    await clock.pass(100);
    expect(await kept).toBe(false);
    expect(state.kept).toEqual([]);
    await clock.pass(10_000);
    expect(state.kept).toEqual([fault('a')]);
    expect([writer.waiting, state.told.at(-1)]).toEqual([0, false]);
  });
});

describe('the age of a frame', () => {
  it('is how much later it comes than the quickest one, whatever its clock says', () => {
    const age = new FrameAge();
    expect([age.of(100, 5120), age.of(200, 5200), age.of(300, 5340), age.of(400, 8400)]).toEqual([0, 0, 40, 3000]);
    expect(age.of(NaN, 9000)).toBe(Infinity);
  });

  it('is known again after a source that began anew', () => {
    const age = new FrameAge();
    age.of(10_000, 10_010);
    const ages = Array.from({ length: 70 }, (_, frame) => age.of(frame * 40, 20_000 + frame * 40));
    expect(ages[0]).toBeGreaterThan(9000);
    expect(ages.at(-1)).toBe(0);
  });
});
