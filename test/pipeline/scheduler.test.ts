import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { adaptSize, initialSize, sizeAtStep } from '../../src/pipeline/adaptive-size.ts';
import type { Demand, Job, Spent } from '../../src/pipeline/engine/scheduler.ts';
import { emptySchedule, learnCosts, planFrame, settleFrame, wantedMs } from '../../src/pipeline/engine/scheduler.ts';

interface Load {
  readonly demand: Demand;
  /** Real cost of one unit. */
  readonly costMs: number;
}

interface Simulated {
  readonly frames: readonly { readonly startMs: number; readonly tookMs: number; readonly ran: ReadonlyMap<Job, number> }[];
  readonly wantedMs: number;
}

const demand = (job: Job, units = 1, everyMs = 0): Demand => ({ job, units, everyMs });

/** A camera that always has a frame: the next one comes when the last is done, but no sooner than its rate allows. */
function simulate(loads: readonly Load[], budgetMs: number, untilMs: number): Simulated {
  const demands = loads.map((load) => load.demand);
  const frames = [];
  let schedule = emptySchedule;
  let nowMs = 0;
  while (nowMs < untilMs) {
    const ran = planFrame(schedule, demands, nowMs, budgetMs);
    const spent: Spent[] = loads.flatMap(({ demand: { job }, costMs }) => (ran.has(job) ? [{ job, units: ran.get(job)!, ms: ran.get(job)! * costMs, inputPx: 1 }] : []));
    const tookMs = spent.reduce((sum, { ms }) => sum + ms, 0);
    schedule = settleFrame(schedule, demands, spent, tookMs, nowMs + tookMs, budgetMs);
    frames.push({ startMs: nowMs, tookMs, ran });
    nowMs += Math.max(budgetMs, tookMs);
  }
  return { frames, wantedMs: wantedMs(schedule, demands, budgetMs) };
}

/** The longest time from one run of a job to the end of its next. */
function longestWaitMs({ frames }: Simulated, job: Job, untilMs: number): number {
  const times = [0, ...frames.filter(({ ran }) => ran.has(job)).map(({ startMs, tookMs }) => startMs + tookMs), untilMs];
  return Math.max(...times.slice(1).map((time, i) => time - times[i]!));
}

const meanMs = ({ frames }: Simulated): number => frames.reduce((sum, { tookMs }) => sum + tookMs, 0) / frames.length;
const jobs: readonly Job[] = ['objects', 'faces', 'landmarks', 'mesh', 'pose'];
const loadsOf = (costs: fc.Arbitrary<number>): fc.Arbitrary<readonly Load[]> =>
  fc
    .tuple(fc.subarray([...jobs], { minLength: 1 }), fc.array(costs, { minLength: 5, maxLength: 5 }), fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 5, maxLength: 5 }))
    .map(([some, each, units]) => some.map((job, i) => ({ demand: demand(job, job === 'objects' || job === 'faces' ? 1 : units[i]!), costMs: each[i]! })));

describe('the scheduler', () => {
  it('runs everything on every frame where there is time for it', () => {
    const { frames } = simulate([{ demand: demand('objects'), costMs: 20 }, { demand: demand('faces'), costMs: 10 }, { demand: demand('landmarks', 3), costMs: 5 }], 66, 2000);
    // The first frame shows what each costs.
    expect([...frames[0]!.ran.values()]).toEqual([1, 1, 1]);
    for (const { ran } of frames.slice(1)) expect([...ran]).toEqual(expect.arrayContaining([['objects', 1], ['faces', 1], ['landmarks', 3]]));
  });

  it('plans the first frame by what a rehearsal took', () => {
    const schedule = learnCosts(emptySchedule, [{ job: 'mesh', units: 1, ms: 10, inputPx: 1 }]);
    expect(planFrame(schedule, [demand('mesh', 4)], 0, 66).get('mesh')).toBe(4);
    expect(planFrame(schedule, [demand('mesh', 40)], 0, 66).get('mesh')).toBe(6);
  });

  it('lets a job that is alone run on every frame, however long it takes', () => {
    const { frames } = simulate([{ demand: demand('objects'), costMs: 300 }], 66, 5000);
    expect(frames.every(({ ran }) => ran.get('objects') === 1)).toBe(true);
  });

  it('lets a dear detector run now and then and quick points in between', () => {
    const seen = simulate([{ demand: demand('objects'), costMs: 150 }, { demand: demand('landmarks'), costMs: 20 }], 66, 10_000);
    const share = (job: Job): number => seen.frames.filter(({ ran }) => ran.has(job)).length / seen.frames.length;
    expect(share('objects')).toBeGreaterThan(0.2);
    expect(share('landmarks')).toBeGreaterThan(0.6);
    expect(meanMs(seen)).toBeLessThanOrEqual(66 * 1.02);
  });

  it('spreads thirty persons over frames and keeps the budget', () => {
    const seen = simulate([{ demand: demand('pose', 30), costMs: 20 }, { demand: demand('objects', 1, 0), costMs: 40 }], 66, 10_000);
    expect(meanMs(seen)).toBeLessThanOrEqual(66 * 1.02);
    expect(Math.max(...seen.frames.slice(2).map(({ tookMs }) => tookMs))).toBeLessThanOrEqual(66 * 3);
    const looks = seen.frames.reduce((sum, { ran }) => sum + (ran.get('pose') ?? 0), 0);
    expect(looks / 30, 'looks at each person in ten seconds').toBeGreaterThan(5);
  });

  it('lets nothing starve, whatever the budget and the costs', () => {
    fc.assert(
      fc.property(loadsOf(fc.integer({ min: 1, max: 200 })), fc.integer({ min: 5, max: 100 }), (loads, budgetMs) => {
        const seen = simulate(loads, budgetMs, 6000);
        const dearest = loads.reduce((sum, { costMs }) => sum + costMs, 0);
        for (const { demand: { job } } of loads) expect(longestWaitMs(seen, job, 6000)).toBeLessThanOrEqual(1000 + 2 * dearest + 2 * budgetMs);
      }),
      { numRuns: 200 },
    );
  });

  it('finds a face again that was lost, where looking for one takes longer than a frame has', () => {
    // Points can only be looked for where a face was found in the same frame.
    const demands: readonly Demand[] = [demand('faces'), { ...demand('landmarks'), after: 'faces' }];
    let schedule = learnCosts(emptySchedule, [{ job: 'faces', units: 1, ms: 110, inputPx: 1 }, { job: 'landmarks', units: 1, ms: 120, inputPx: 1 }]);
    const foundMs: number[] = [];
    for (let nowMs = 0; nowMs < 10_000; nowMs += 150) {
      const ran = planFrame(schedule, demands, nowMs, 66);
      const spent: Spent[] = ran.has('faces') ? [{ job: 'faces', units: 1, ms: 110, inputPx: 1 }] : [];
      const idle: Spent[] = ran.has('landmarks') ? [{ job: 'landmarks', units: 0, ms: 0, inputPx: 0 }] : [];
      if (ran.has('faces')) foundMs.push(nowMs);
      schedule = settleFrame(schedule, demands, [...spent, ...idle], 110 * spent.length, nowMs + 110, 66);
    }
    expect(foundMs.length).toBeGreaterThan(9);
    expect(Math.max(...foundMs.slice(1).map((ms, i) => ms - foundMs[i]!))).toBeLessThanOrEqual(1050);
  });

  it('takes evidence only with points of the same frame, and lets neither wait for ever', () => {
    const demands: readonly Demand[] = [demand('landmarks'), { ...demand('embed'), after: 'landmarks' }];
    const costs = { landmarks: 90, embed: 400 } as const;
    let schedule = learnCosts(emptySchedule, (['landmarks', 'embed'] as const).map((job) => ({ job, units: 1, ms: costs[job], inputPx: 1 })));
    const evidenceMs: number[] = [];
    let nowMs = 0;
    while (nowMs < 20_000) {
      const ran = planFrame(schedule, demands, nowMs, 66);
      expect(ran.has('landmarks')).toBe(true);
      if (ran.has('embed')) evidenceMs.push(nowMs);
      const spent = ([...ran.keys()] as ('landmarks' | 'embed')[]).map((job): Spent => ({ job, units: 1, ms: costs[job], inputPx: 1 }));
      const tookMs = spent.reduce((sum, { ms }) => sum + ms, 0);
      schedule = settleFrame(schedule, demands, spent, tookMs, nowMs + tookMs, 66);
      nowMs += Math.max(66, tookMs);
    }
    expect(Math.max(...evidenceMs.slice(1).map((ms, i) => ms - evidenceMs[i]!))).toBeLessThanOrEqual(1500);
  });

  it('does not wait for evidence of a face whose points are not looked for', () => {
    const schedule = learnCosts(emptySchedule, [{ job: 'embed', units: 1, ms: 400, inputPx: 1 }]);
    expect([...planFrame(schedule, [demand('faces'), demand('landmarks', 0), { ...demand('embed'), after: 'landmarks' }], 0, 66).keys()]).toEqual(['faces']);
  });

  it('holds the budget on average where every job can have a run a second within half of it', () => {
    fc.assert(
      fc.property(loadsOf(fc.integer({ min: 1, max: 60 })), fc.integer({ min: 66, max: 200 }), (loads, budgetMs) => {
        fc.pre(loads.reduce((sum, { costMs }) => sum + costMs, 0) < 500);
        expect(meanMs(simulate(loads, budgetMs, 20_000))).toBeLessThanOrEqual(budgetMs * 1.05);
      }),
      { numRuns: 200 },
    );
  });

  it('decides the same for the same', () => {
    fc.assert(
      fc.property(loadsOf(fc.integer({ min: 1, max: 200 })), fc.integer({ min: 5, max: 100 }), (loads, budgetMs) => {
        expect(simulate(loads, budgetMs, 2000)).toEqual(simulate(loads, budgetMs, 2000));
      }),
      { numRuns: 30 },
    );
  });

  it('passes over one run that was disturbed, and learns anew at another input size', () => {
    const spend = (ms: number, inputPx: number, from = emptySchedule) => settleFrame(from, [demand('faces')], [{ job: 'faces', units: 1, ms, inputPx }], ms, 0, 66);
    const usual = spend(20, 100);
    expect(spend(2000, 100, usual).jobs.faces!.costMs).toBeLessThan(40);
    expect(spend(80, 400, usual).jobs.faces!.costMs).toBe(80);
    expect(spend(2000, 100, usual).creditMs, 'a long frame does not stop the work for seconds').toBe(-3 * 66);
  });

  it('makes sizes shrink before tasks wait, and neither goes back and forth', () => {
    const pixels = (step: number): number => sizeAtStep('objects', step) ** 2 / 512 ** 2;
    const demands = [demand('objects'), demand('faces', 0, 400), demand('landmarks', 2), demand('pose', 3)];
    let [schedule, size, nowMs] = [emptySchedule, initialSize, 0];
    const steps: number[] = [];
    const waited: boolean[] = [];
    for (let frame = 0; frame < 400; frame++) {
      const costs: Readonly<Partial<Record<Job, number>>> = { objects: 120 * pixels(size.step), landmarks: 5, pose: 12 };
      const ran = planFrame(schedule, demands, nowMs, 100);
      const spent = [...ran].map(([job, units]) => ({ job, units, ms: units * (costs[job] ?? 0), inputPx: job === 'objects' ? size.step : 1 }));
      const tookMs = spent.reduce((sum, { ms }) => sum + ms, 0);
      nowMs += Math.max(100, tookMs);
      schedule = settleFrame(schedule, demands, spent, tookMs, nowMs, 100);
      size = adaptSize(size, wantedMs(schedule, demands, 100), 10);
      steps.push(size.step);
      waited.push(ran.get('pose') !== 3 || !ran.has('objects'));
    }
    expect(steps.slice(100).every((step) => step === steps[100]), `sizes settle: ${steps.join()}`).toBe(true);
    expect(steps[100]).toBeLessThan(4);
    expect(waited.slice(100).some(Boolean), 'nothing waits where a smaller size is enough').toBe(false);
  });
});
