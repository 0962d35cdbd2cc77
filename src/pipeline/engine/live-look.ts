import type { DetectedFace, DetectedObject, DetectedPose, EngineConfig } from '../protocol.ts';
import { FaceWatch } from './face-watch.ts';
import type { FrameLook } from './frame-look.ts';
import type { LoadedModels } from './loaded-models.ts';
import { personLabel } from './loaded-models.ts';
import { ObjectWatch } from './object-watch.ts';
import { PoseWatch } from './pose-watch.ts';
import type { Demand, Job, Schedule, Spent } from './scheduler.ts';
import { emptySchedule, learnCosts, planFrame, settleFrame, wantedMs } from './scheduler.ts';

/** What was seen in one frame. */
export interface Seen {
  readonly objects: readonly DetectedObject[];
  readonly faces: readonly DetectedFace[];
  readonly poses: readonly DetectedPose[];
}

/** Looks at the frames of a stream: plans what runs, runs it, and remembers what is followed from frame to frame. */
export class LiveLook {
  readonly #objects = new ObjectWatch();
  readonly #faces = new FaceWatch();
  readonly #poses = new PoseWatch();
  #schedule: Schedule = emptySchedule;

  /** @returns what was seen, and what the frame would have taken if nothing had waited */
  async look(look: FrameLook): Promise<{ readonly seen: Seen; readonly wantedMs: number }> {
    const { config, models, tMs, log } = look;
    const startMs = performance.now();
    this.#forgetUnasked(config);
    const demands = this.#demands(config, models, tMs);
    const granted = planFrame(this.#schedule, demands, startMs, config.budgetMs);
    const objects = granted.has('objects') ? await look.detect('objects') : null;
    if (objects && config.tasks.includes('objects')) this.#objects.look(objects, tMs);
    await this.#faces.look(look, granted);
    if (config.tasks.includes('pose')) {
      const candidates = models.personsJob === 'objects' ? objects : granted.has('persons') ? await look.detect('persons') : null;
      await this.#poses.look(look, granted, candidates?.filter(({ label }) => label === personLabel) ?? null);
    }
    const nowMs = performance.now();
    const idle = [...granted.keys()].filter((job) => !log.spent.some((spent) => spent.job === job)).map((job): Spent => ({ job, units: 0, ms: 0, inputPx: 0 }));
    this.#schedule = settleFrame(this.#schedule, demands, [...log.spent, ...idle], nowMs - startMs, nowMs, config.budgetMs);
    const seen = { objects: this.#objects.report(tMs), faces: this.#faces.report(config, tMs), poses: this.#poses.report(tMs) };
    return { seen, wantedMs: wantedMs(this.#schedule, demands, config.budgetMs) };
  }

  /** What jobs took in a rehearsal. */
  learn(spent: readonly Spent[]): void {
    this.#schedule = learnCosts(this.#schedule, spent);
  }

  /** A new source: nothing that was followed is in it. What the jobs cost is still known. */
  reset(): void {
    for (const watch of [this.#objects, this.#faces, this.#poses]) watch.reset();
  }

  #demands(config: EngineConfig, models: LoadedModels, tMs: number): readonly Demand[] {
    const has = (job: Job): boolean => models.has(job);
    const objects: readonly Demand[] = config.tasks.includes('objects') && has('objects') ? [{ job: 'objects', units: 1, everyMs: 0 }] : [];
    return [...objects, ...this.#faces.demands(config, has, tMs), ...this.#poses.demands(config, has, models.personsJob, tMs)];
  }

  /** What is switched off is not followed: when it comes back, its tracks would be of another time. */
  #forgetUnasked({ tasks }: EngineConfig): void {
    if (!tasks.includes('objects')) this.#objects.reset();
    if (!tasks.some((task) => task === 'faces' || task === 'landmarks' || task === 'mesh')) this.#faces.reset();
    if (!tasks.includes('pose')) this.#poses.reset();
  }
}
