import type { FrameResult, TaskName, TaskRun } from '../../pipeline/index.ts';
import { taskOrder } from './task-texts.ts';

/** A task that has not run for this long is no longer asked for, or has nothing to look at. */
const forgottenAfterMs = 3000;

/**
 * The last run of every task: tasks take turns, so the runs of one frame tell of some of them only, and a view that showed
 * those alone would flicker.
 */
export class LastRuns {
  readonly #byTask = new Map<TaskName, { readonly run: TaskRun; readonly tMs: number }>();

  /** @returns the last run of every task that still runs, in the order of the switches */
  after({ runs, tMs }: FrameResult): readonly TaskRun[] {
    for (const [task, { tMs: ranAtMs }] of this.#byTask) {
      // A frame from before: another source began.
      if (tMs < ranAtMs || tMs - ranAtMs > forgottenAfterMs) this.#byTask.delete(task);
    }
    for (const run of runs) this.#byTask.set(run.task, { run, tMs });
    return taskOrder.flatMap((task) => this.#byTask.get(task)?.run ?? []);
  }
}
