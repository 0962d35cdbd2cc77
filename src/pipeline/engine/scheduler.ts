import type { DetectorTask, EvidenceTask, PointsTask } from '../protocol.ts';

/** A piece of work of the engine. `persons`: a detector of its own for the poses, where the objects' model knows no persons. */
export type Job = DetectorTask | PointsTask | EvidenceTask | 'persons';

/** What a job would do on this frame. */
export interface Demand {
  readonly job: Job;
  /** Runs that it would like: 1 for a detector, one for each face or person for points; 0 when it is not due. */
  readonly units: number;
  /** How often it comes back in milliseconds; 0 for every frame. */
  readonly everyMs: number;
  /** It can do nothing on a frame on which this one does not run too. */
  readonly after?: Job;
}

/** What a job did on a frame. */
export interface Spent {
  readonly job: Job;
  /** 0: it had its turn and found nothing to do. */
  readonly units: number;
  /** Of all its units together. */
  readonly ms: number;
  /** Pixels of the network's input: a job at another size has another cost. */
  readonly inputPx: number;
}

/** State of the scheduler; plain data, replaced on every frame. */
export interface Schedule {
  /** Milliseconds that earlier frames left over (positive) or took too many (negative). */
  readonly creditMs: number;
  /** Running average of what a frame takes beside its jobs. */
  readonly overheadMs: number;
  readonly jobs: Readonly<Partial<Record<Job, JobHistory>>>;
}

interface JobHistory {
  /** Running average of one unit. */
  readonly costMs: number;
  readonly inputPx: number;
  readonly ranMs: number;
}

export const emptySchedule: Schedule = { creditMs: 0, overheadMs: 0, jobs: {} };

/**
 * When a job's result has become old, and how much it matters. Boxes come before points, for without them there is nothing to
 * look at; what moves little between frames may be older.
 */
const rules: Readonly<Record<Job, { readonly dueMs: number; readonly importance: number }>> = {
  faces: { dueMs: 200, importance: 3 },
  objects: { dueMs: 200, importance: 2 },
  persons: { dueMs: 200, importance: 2 },
  landmarks: { dueMs: 100, importance: 1.5 },
  pose: { dueMs: 100, importance: 1.5 },
  mesh: { dueMs: 100, importance: 1 },
  embed: { dueMs: 200, importance: 1 },
};
const jobOrder = Object.keys(rules) as readonly Job[];

/** Nothing waits longer, whatever the budget: with the frames that it takes to get there this keeps within a second. */
const starvingMs = 800;
/** Debts beyond this are forgiven: one long frame (a warm-up, a sleeping device) must not stop the work for seconds. */
const deepestDebtBudgets = 3;
/** What a job that is too dear for now saves of each frame, so that lesser ones do not spend its turn away. */
const savedShare = 0.25;
const costShare = 0.25;
/** A single run that took many times as long as usual was disturbed. */
const longestSpikeTimes = 3;

/**
 * Decides what runs on a frame. The rule:
 * 1. Each frame earns its budget; what it leaves over is saved for a dear job, what it takes too much is paid back.
 * 2. Jobs are asked in the order of their use: importance times age over due time. One that can be paid gets one run.
 *    One that cannot be paid waits and keeps a quarter of the frame's budget from the jobs after it.
 * 3. A job that has waited 800 ms comes first and runs even if it cannot be paid; the eldest of several, one a frame.
 *    A job that builds on another of the same frame is paid, and runs, together with it.
 * 4. What is left buys further runs (more faces, more persons) of jobs whose cost is known, one for each job in turn.
 * 5. A frame never idles: when nothing can be paid, the most useful job that fits a whole budget runs, else the most useful.
 *
 * @param nowMs time of the engine's clock
 * @returns the runs granted to each job; a job without an entry waits
 */
export function planFrame(schedule: Schedule, demands: readonly Demand[], nowMs: number, budgetMs: number): ReadonlyMap<Job, number> {
  const order = demands
    .filter((demand) => canRun(demand, demands))
    .map((demand) => ({ ...demand, costMs: costOf(schedule, demand.job), ageMs: nowMs - (schedule.jobs[demand.job]?.ranMs ?? Number.NEGATIVE_INFINITY) }))
    .sort((a, b) => compareUse(a, b) || jobOrder.indexOf(a.job) - jobOrder.indexOf(b.job));
  const [first] = order;
  const granted = new Map<Job, number>();
  if (!first) return granted;
  let leftMs = schedule.creditMs + budgetMs;
  /** The job, and what it builds on, unless that runs anyway. */
  const together = (demand: (typeof order)[number]): readonly (typeof order)[number][] => {
    const base = order.find(({ job }) => job === demand.after && !granted.has(job));
    return base ? [demand, ...together(base)] : [demand];
  };
  const priceMs = (demand: (typeof order)[number]): number => together(demand).reduce((sum, { costMs }) => sum + costMs, 0);
  for (const demand of order) {
    if (granted.has(demand.job)) continue;
    const starves = demand === first && demand.ageMs >= starvingMs;
    const price = priceMs(demand);
    if (starves || price <= leftMs) {
      for (const { job } of together(demand)) granted.set(job, 1);
      leftMs -= price;
    } else {
      leftMs -= savedShare * budgetMs;
    }
  }
  if (granted.size === 0) for (const { job } of together(order.find((demand) => priceMs(demand) <= budgetMs) ?? first)) granted.set(job, 1);
  for (let anyMore = true; anyMore; ) {
    anyMore = false;
    for (const { job, units, costMs } of order) {
      const soFar = granted.get(job) ?? 0;
      if (soFar === 0 || soFar >= units || costMs > leftMs || !schedule.jobs[job]) continue;
      granted.set(job, soFar + 1);
      leftMs -= costMs;
      anyMore = true;
    }
  }
  return granted;
}

/** Takes over what jobs cost in a rehearsal, so that the first frame can be planned. What has run before keeps its own cost. */
export function learnCosts(schedule: Schedule, spent: readonly Spent[]): Schedule {
  const learned = spent
    .filter(({ job, units }) => units > 0 && !Number.isFinite(schedule.jobs[job]?.ranMs))
    .map(({ job, units, ms, inputPx }) => [job, { costMs: ms / units, inputPx, ranMs: Number.NEGATIVE_INFINITY }] as const);
  return { ...schedule, jobs: { ...schedule.jobs, ...Object.fromEntries(learned) } };
}

/** Takes into account what a frame really cost. `totalMs` is the whole frame, with what belongs to no job. */
export function settleFrame(schedule: Schedule, demands: readonly Demand[], spent: readonly Spent[], totalMs: number, nowMs: number, budgetMs: number): Schedule {
  const jobs = { ...schedule.jobs };
  for (const { job, units, ms, inputPx } of spent) {
    const before = schedule.jobs[job];
    if (units > 0) jobs[job] = { costMs: averagedCost(before, ms / units, inputPx), inputPx, ranMs: nowMs };
    // What found nothing to do has not waited: else it would come first again and again, and keep off what it waits for.
    else if (before) jobs[job] = { ...before, ranMs: nowMs };
  }
  const dearestMs = Math.max(budgetMs, ...demands.filter(({ units }) => units > 0).map(({ job }) => jobs[job]?.costMs ?? 0));
  const creditMs = Math.min(dearestMs, Math.max(-deepestDebtBudgets * budgetMs, schedule.creditMs + budgetMs - totalMs));
  const besideMs = Math.max(0, totalMs - spent.reduce((sum, { ms }) => sum + ms, 0));
  return { creditMs, overheadMs: schedule.overheadMs + costShare * (besideMs - schedule.overheadMs), jobs };
}

/**
 * What a frame would take if nothing had to wait: the measure by which the input sizes adapt. First the sizes shrink until
 * this fits the budget; only what does not fit at the smallest size waits. As this does not change with what waits, the
 * two do not chase each other. Points of many faces or persons are spread over frames before the sizes shrink for
 * them: they count for half of the budget at most.
 */
export function wantedMs(schedule: Schedule, demands: readonly Demand[], budgetMs: number): number {
  let detectorsMs = 0;
  let pointsMs = 0;
  for (const { job, units, everyMs } of demands) {
    const costMs = costOf(schedule, job);
    if (job === 'landmarks' || job === 'mesh' || job === 'pose' || job === 'embed') pointsMs += costMs * units;
    else detectorsMs += costMs * (everyMs > 0 ? Math.min(1, budgetMs / everyMs) : 1);
  }
  return schedule.overheadMs + detectorsMs + Math.min(pointsMs, budgetMs / 2);
}

/** Whether there is something to do, also for all that it builds on. */
function canRun({ units, after }: Demand, demands: readonly Demand[]): boolean {
  if (units === 0) return false;
  const base = demands.find(({ job }) => job === after);
  return after === undefined || (base !== undefined && canRun(base, demands));
}

/** Starving jobs first, the eldest of them before the others; then by use. */
function compareUse(a: { readonly job: Job; readonly ageMs: number }, b: { readonly job: Job; readonly ageMs: number }): number {
  const [starvesA, starvesB] = [a.ageMs >= starvingMs, b.ageMs >= starvingMs];
  if (starvesA && starvesB) return a.ageMs === b.ageMs ? 0 : b.ageMs - a.ageMs;
  if (starvesA !== starvesB) return starvesA ? -1 : 1;
  return useOf(b) - useOf(a);
}

function useOf({ job, ageMs }: { readonly job: Job; readonly ageMs: number }): number {
  const { dueMs, importance } = rules[job];
  return (importance * ageMs) / dueMs;
}

/** A job that has never run is taken to cost nothing: it is about to show what it costs, by one run. */
function costOf(schedule: Schedule, job: Job): number {
  return schedule.jobs[job]?.costMs ?? 0;
}

function averagedCost(before: JobHistory | undefined, unitMs: number, inputPx: number): number {
  if (before?.inputPx !== inputPx) return unitMs;
  const believed = Math.min(unitMs, Math.max(1, before.costMs) * longestSpikeTimes);
  return before.costMs + costShare * (believed - before.costMs);
}
