import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ModelOutput } from '../../src/pipeline/engine/output-watch.ts';
import { OutputWatch } from '../../src/pipeline/engine/output-watch.ts';
import type { TaskFault } from '../../src/pipeline/index.ts';

const gave = (modelId: string, sum: number, flat = false): ModelOutput => ({ modelId, digest: { finite: true, flat, sum } });
const fault: TaskFault = { task: 'faces', failure: { code: 'non-finite-output', detail: 'NaN' } };

describe('an output watch', () => {
  it('suspects nothing of outputs that change from frame to frame', () => {
    const watch = new OutputWatch();
    fc.assert(fc.property(fc.uniqueArray(fc.double({ noNaN: true }), { minLength: 2 }), (sums) => {
      const modelId = `${Math.random()}`;
      for (const sum of sums) expect(watch.look([gave(modelId, sum)], [], 0)).toEqual([]);
    }));
  });

  it('suspects an output that is bit for bit the one before, at the first time', () => {
    const watch = new OutputWatch();
    watch.look([gave('a', 1), gave('b', 5)], [], 0);
    expect(watch.look([gave('a', 1), gave('b', 6)], [], 33)).toEqual(['repeated a']);
    expect(watch.look([gave('a', 2)], [], 66), 'it goes on').toEqual([]);
    expect(watch.look([gave('b', 1), gave('a', 6)], [], 99), 'another model may give the same').toEqual([]);
  });

  it('suspects two faces of one frame with one answer', () => {
    expect(new OutputWatch().look([gave('points', 3), gave('points', 3)], [], 0)).toEqual(['repeated points']);
  });

  it('suspects numbers that are all one, and a task that failed, on the first frame', () => {
    expect(new OutputWatch().look([gave('a', 0, true)], [fault], 0)).toEqual(['failed faces', 'flat a']);
  });

  it('asks for a picture that stands still about once a second, and for a fault that begins meanwhile at once', () => {
    const watch = new OutputWatch();
    let asked = 0;
    for (let nowMs = 0; nowMs <= 60_000; nowMs += 40) {
      const suspicions = watch.look([gave('a', 7)], [], nowMs);
      if (suspicions.length > 0) asked++;
      watch.cleared(suspicions, nowMs);
    }
    expect(asked).toBeGreaterThan(55);
    expect(asked).toBeLessThanOrEqual(60);
    expect(watch.look([gave('a', 0, true)], [], 60_001)).toEqual(['flat a']);
  });

  it('goes on suspecting what was not cleared', () => {
    const watch = new OutputWatch();
    for (let nowMs = 0; nowMs < 5; nowMs++) expect(watch.look([gave('a', 0, true)], [], nowMs)).toContain('flat a');
  });
});
