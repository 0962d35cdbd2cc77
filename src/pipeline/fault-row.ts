import type { EngineFailure, FrameResult, TaskName } from './protocol.ts';

/** One refused answer of a task may be a freak; so many, without one between them that was good, are not. */
const inARow = 3;

/** Counts the frames on which a task failed, one after the other. Frames on which it waited say nothing. */
export class FaultRow {
  readonly #counts = new Map<TaskName, number>();

  /** @returns the failure to doubt the engine for, once for each full row */
  add({ runs, faults }: Pick<FrameResult, 'runs' | 'faults'>): EngineFailure | null {
    for (const { task } of runs) if (!faults.some((fault) => fault.task === task)) this.#counts.delete(task);
    for (const { task, failure } of faults) {
      const count = (this.#counts.get(task) ?? 0) + 1;
      this.#counts.set(task, count);
      if (count < inARow) continue;
      this.reset();
      return { code: 'backend-wrong-numbers', detail: `${task} failed ${inARow} times in a row: ${failure.detail}` };
    }
    return null;
  }

  reset(): void {
    this.#counts.clear();
  }
}
