import type { FrameResult, TaskName, TaskRun } from '../../pipeline/index.ts';
import { taskOrder } from './task-texts.ts';

/** A task that did not run for so long and on so many frames is no longer asked for, or has nothing to look at. */
const forgottenAfterMs = 3000;
const forgottenAfterFrames = 12;

/**
 * The last run of every task: tasks take turns, so the runs of one frame tell of some of them only, and a view that showed
 * those alone would flicker.
 */
export class LastRuns {
  readonly #byTask = new Map<TaskName, { readonly run: TaskRun; readonly tMs: number; readonly frame: number }>();
  #frame = 0;

  /** @returns the last run of every task that still runs, in the order of the switches */
  after({ runs, tMs }: FrameResult): readonly TaskRun[] {
    this.#frame++;
    for (const [task, ran] of this.#byTask) {
      const isOld = tMs - ran.tMs > forgottenAfterMs && this.#frame - ran.frame > forgottenAfterFrames;
      // A frame from before: another source began.
      if (isOld || tMs < ran.tMs) this.#byTask.delete(task);
    }
    for (const run of runs) this.#byTask.set(run.task, { run, tMs, frame: this.#frame });
    return taskOrder.flatMap((task) => this.#byTask.get(task)?.run ?? []);
  }
}
