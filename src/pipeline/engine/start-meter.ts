import type { StartProgress, StartStage } from '../protocol.ts';

/** Where each stage begins in the whole start, 0..1: shares are rough on purpose, the bar only has to be honest. */
const stageStart: Readonly<Record<StartStage, number>> = { backend: 0, download: 0.1, build: 0.6, 'warm-up': 0.65, measure: 0.85 };
const downloadShare = stageStart.build - stageStart.download;

/** Turns the steps of an engine's start into one fraction that never goes back. */
export class StartMeter {
  readonly #report: (progress: StartProgress) => void;
  readonly #bytesTotal: number;
  #bytesDone = 0;
  #fraction = 0;

  constructor(report: (progress: StartProgress) => void, bytesTotal: number) {
    this.#report = report;
    this.#bytesTotal = Math.max(1, bytesTotal);
  }

  enter(stage: StartStage, done = 0): void {
    this.#tell(stage, stageStart[stage] + done);
  }

  /** Something was done that is no part of the bar: shows that the start goes on. */
  alive(stage: StartStage): void {
    this.#tell(stage, 0);
  }

  received(bytes: number): void {
    this.#bytesDone = Math.min(this.#bytesTotal, this.#bytesDone + bytes);
    this.#tell('download', stageStart.download + (downloadShare * this.#bytesDone) / this.#bytesTotal);
  }

  #tell(stage: StartStage, fraction: number): void {
    this.#fraction = Math.max(this.#fraction, Math.min(1, fraction));
    this.#report({ stage, fraction: this.#fraction });
  }
}
