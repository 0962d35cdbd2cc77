import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { StartMeter } from '../../src/pipeline/engine/start-meter.ts';
import type { StartProgress, StartStage } from '../../src/pipeline/protocol.ts';

const stages: readonly StartStage[] = ['backend', 'download', 'build', 'warm-up', 'measure'];

function watched(bytesTotal: number): { meter: StartMeter; seen: StartProgress[] } {
  const seen: StartProgress[] = [];
  return { meter: new StartMeter((progress) => seen.push(progress), bytesTotal), seen };
}

describe('StartMeter', () => {
  it('walks through the stages from 0 to 1', () => {
    const { meter, seen } = watched(100);
    meter.enter('backend');
    meter.enter('download');
    meter.received(50);
    meter.received(50);
    meter.enter('build');
    meter.enter('warm-up');
    meter.enter('measure');
    meter.enter('measure', 0.15);
    expect(seen.map(({ stage, fraction }) => `${stage} ${fraction.toFixed(2)}`)).toEqual([
      'backend 0.00',
      'download 0.10',
      'download 0.35',
      'download 0.60',
      'build 0.60',
      'warm-up 0.65',
      'measure 0.85',
      'measure 1.00',
    ]);
  });

  it('never goes back and never passes 1, whatever arrives in whatever order', () => {
    const step = fc.oneof(
      fc.record({ stage: fc.constantFrom(...stages), done: fc.double({ min: 0, max: 2, noNaN: true }) }),
      fc.record({ bytes: fc.nat(10_000) }),
      fc.record({ alive: fc.constantFrom(...stages) }),
    );
    fc.assert(
      fc.property(fc.array(step), fc.nat(20_000), (steps, total) => {
        const { meter, seen } = watched(total);
        for (const one of steps) {
          if ('bytes' in one) meter.received(one.bytes);
          else if ('alive' in one) meter.alive(one.alive);
          else meter.enter(one.stage, one.done);
        }
        expect(seen).toHaveLength(steps.length);
        for (const [i, { fraction }] of seen.entries()) {
          expect(fraction >= (seen[i - 1]?.fraction ?? 0) && fraction <= 1).toBe(true);
        }
      }),
    );
  });
});
