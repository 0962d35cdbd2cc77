import { RateMeter } from './rate-meter.ts';
import type { StreamRates } from './pipeline.ts';
import type { FrameResult, TaskName } from './protocol.ts';

/** Counts what a stream does, each in its moment. */
export class StreamMeters {
  readonly #camera = new RateMeter();
  readonly #inference = new RateMeter();
  readonly #dropped = new RateMeter();
  readonly #tasks = new Map<TaskName, RateMeter>();

  /** The camera gave a frame. */
  arrived(nowMs: number): void {
    this.#camera.add(nowMs);
  }

  /** A frame was replaced by a newer one. */
  dropped(nowMs: number): void {
    this.#dropped.add(nowMs);
  }

  /** A frame was looked at, by the tasks that ran. */
  looked({ runs }: Pick<FrameResult, 'runs'>, nowMs: number): void {
    this.#inference.add(nowMs);
    for (const { task } of runs) {
      const meter = this.#tasks.get(task) ?? new RateMeter();
      this.#tasks.set(task, meter);
      meter.add(nowMs);
    }
  }

  rates(nowMs: number): StreamRates {
    const taskFps = Object.fromEntries([...this.#tasks].map(([task, meter]) => [task, meter.rate(nowMs)]));
    return { cameraFps: this.#camera.rate(nowMs), inferenceFps: this.#inference.rate(nowMs), droppedFps: this.#dropped.rate(nowMs), taskFps };
  }

  reset(): void {
    for (const meter of [this.#camera, this.#inference, this.#dropped]) meter.reset();
    this.#tasks.clear();
  }
}
