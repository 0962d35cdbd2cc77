import type { Size } from '../../geometry/index.ts';
import type { StageTimings, TaskFault, TaskName, TaskRun } from '../protocol.ts';
import type { ModelOutput } from './output-watch.ts';
import type { Job, Spent } from './scheduler.ts';

interface Entry {
  readonly inputSize: Size;
  readonly timings: StageTimings;
}

/** What ran on one frame: for the result, and for the scheduler. Runs of one task (a face each) are added up. */
export class FrameLog {
  readonly #runs = new Map<TaskName, Entry>();
  readonly #faults = new Map<TaskName, TaskFault['failure']>();
  readonly #spent = new Map<Job, Spent>();
  readonly #outputs: ModelOutput[] = [];

  ran(job: Job, inputSize: Size, timings: StageTimings): void {
    const task = taskOf(job);
    const before = this.#runs.get(task)?.timings ?? { preprocessMs: 0, modelMs: 0, postprocessMs: 0 };
    this.#runs.set(task, {
      inputSize,
      timings: {
        preprocessMs: before.preprocessMs + timings.preprocessMs,
        modelMs: before.modelMs + timings.modelMs,
        postprocessMs: before.postprocessMs + timings.postprocessMs,
      },
    });
  }

  /** What models gave, in their order. */
  gave(...outputs: readonly ModelOutput[]): void {
    this.#outputs.push(...outputs);
  }

  /** One fault a task is told, however many of its faces or persons it had. */
  failed(job: Job, failure: TaskFault['failure']): void {
    this.#faults.set(taskOf(job), failure);
  }

  /** Time that one run took, whether it succeeded or not. */
  spend(job: Job, ms: number, inputPx: number): void {
    const before = this.#spent.get(job);
    this.#spent.set(job, { job, units: (before?.units ?? 0) + 1, ms: (before?.ms ?? 0) + ms, inputPx });
  }

  get runs(): readonly TaskRun[] {
    return [...this.#runs].map(([task, entry]) => ({ task, ...entry }));
  }

  get faults(): readonly TaskFault[] {
    return [...this.#faults].map(([task, failure]) => ({ task, failure }));
  }

  get outputs(): readonly ModelOutput[] {
    return this.#outputs;
  }

  get spent(): readonly Spent[] {
    return [...this.#spent.values()];
  }
}

/** To the world, a detector that finds persons looks for objects. */
function taskOf(job: Job): TaskName {
  return job === 'persons' ? 'objects' : job;
}
