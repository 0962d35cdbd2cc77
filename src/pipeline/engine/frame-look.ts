import type { Failure, Result } from '../../base/index.ts';
import { err, messageOf } from '../../base/index.ts';
import type { Region, Size } from '../../geometry/index.ts';
import type { EyePixels, FaceFacts, FacePointsKind, PointList } from '../../landmarks/index.ts';
import type { FoundPoints } from '../../landmarks/tf.ts';
import type { OutputDigest, PointsCard } from '../../runtime/index.ts';
import type { Detection, LookCare } from '../../yolo/tf.ts';
import type { Care, EngineConfig, FaceEvidence, PointsTask, StageTimings } from '../protocol.ts';
import type { EvidenceWish } from './face-evidence.ts';
import { lookForEvidence, runEvidenceModels } from './face-evidence.ts';
import { FrameLog } from './frame-log.ts';
import type { FramePixels } from './frame-pixels.ts';
import type { DetectorJob, LoadedModels } from './loaded-models.ts';
import type { ModelOutput } from './output-watch.ts';

/** One frame that is being looked at: runs models on it and keeps the log. A run that fails is in the log and gives null. */
export class FrameLook {
  readonly size: Size;
  readonly tMs: number;
  readonly config: EngineConfig;
  readonly models: LoadedModels;
  readonly log = new FrameLog();
  readonly #pixels: FramePixels;
  readonly #care: Care;

  /** @param pixels with the frame open in them; they stay the caller's */
  constructor(pixels: FramePixels, size: Size, tMs: number, care: Care, config: EngineConfig, models: LoadedModels) {
    this.size = size;
    this.tMs = tMs;
    this.config = config;
    this.models = models;
    this.#pixels = pixels;
    this.#care = care;
  }

  /** What a detector finds in the whole frame, best first. */
  async detect(job: DetectorJob, care: LookCare = this.#care): Promise<readonly Detection[] | null> {
    const task = job === 'persons' ? 'objects' : job;
    const detector = this.models.detector(job);
    if (!detector) return null;
    const request = { sizePx: this.config.inputSizePx[task], minScore: this.config.minScore[task], care };
    const { outcome, spentMs } = await this.#timed((bitmap) => detector.run(bitmap, request));
    if (!outcome.ok) {
      this.log.failed(job, outcome.failure);
      this.log.spend(job, spentMs, 0);
      return null;
    }
    const { found, inputSize, digests, preprocessMs, modelMs, postprocessMs } = outcome.value;
    this.log.gave(...outputsOf(detector.card, digests));
    this.log.ran(job, inputSize, { preprocessMs, modelMs, postprocessMs });
    this.log.spend(job, spentMs, inputSize.width * inputSize.height);
    return found;
  }

  /** The points in one region of the frame. */
  async findPoints(task: PointsTask, region: Region, care: LookCare = this.#care): Promise<FoundPoints | null> {
    const model = this.models.points(task);
    if (!model) return null;
    const { outcome, spentMs } = await this.#timed((bitmap) => model.run(bitmap, region, care));
    // Crops of several shapes take turns: the cost of a look is that of their mix.
    const { width, height } = model.card.input;
    this.log.spend(task, spentMs, width * height);
    if (!outcome.ok) {
      this.log.failed(task, outcome.failure);
      return null;
    }
    this.#pixels.cropped(outcome.value.timings.preprocessMs);
    const { inputSize, digests, timings } = outcome.value;
    this.log.gave(...outputsOf(model.card, digests));
    this.log.ran(task, inputSize, timings);
    return outcome.value;
  }

  /** Evidence of the face with these points, 0..1 of the frame; null where there is no room for a face, and where the task has failed. */
  async takeEvidence(points68: PointList, facts: FaceFacts, wish: EvidenceWish): Promise<FaceEvidence | null> {
    const { evidence } = this.models;
    if (!evidence) return null;
    return this.#evidence((bitmap) => lookForEvidence(evidence, bitmap, this.tMs, points68, facts, wish));
  }

  /** Runs all models of evidence on one region, so that they are warm and their cost is known. */
  async rehearseEvidence(region: Region): Promise<void> {
    const { evidence } = this.models;
    if (evidence) await this.#evidence((bitmap) => runEvidenceModels(evidence, bitmap, region));
  }

  async #evidence<T>(run: (bitmap: ImageBitmap) => Promise<Result<{ readonly value: T; readonly outputs: readonly ModelOutput[]; readonly timings: StageTimings }, RunFailure>>): Promise<T | null> {
    const { outcome, spentMs } = await this.#timed(run);
    const { width, height } = this.models.evidence?.descriptor.card.input ?? { width: 0, height: 0 };
    this.log.spend('embed', spentMs, width * height);
    if (!outcome.ok) {
      this.log.failed('embed', outcome.failure);
      return null;
    }
    this.log.gave(...outcome.value.outputs);
    this.log.ran('embed', { width, height }, outcome.value.timings);
    return outcome.value.value;
  }

  /** The pixels of a face's eyes, which tell where it looks. */
  eyesOf(points: PointList, kind: FacePointsKind): EyePixels {
    return this.#pixels.eyesOf(points, kind);
  }

  /** The card of a task's model; null while it is not loaded. */
  cardOf(task: PointsTask): PointsCard | null {
    return this.models.points(task)?.card ?? null;
  }

  /** Runs a model on the frame. Getting at the pixels is not its time: they are for all. A model that throws has failed. */
  async #timed<T>(run: (bitmap: ImageBitmap) => Promise<Result<T, RunFailure>>): Promise<{ readonly outcome: Result<T, RunFailure>; readonly spentMs: number }> {
    let startMs = performance.now();
    try {
      const bitmap = this.#pixels.forModel();
      startMs = performance.now();
      return { outcome: await run(bitmap), spentMs: performance.now() - startMs };
    } catch (thrown) {
      return { outcome: err('model-threw', messageOf(thrown)), spentMs: performance.now() - startMs };
    }
  }
}

function outputsOf({ id }: { readonly id: string }, digests: readonly OutputDigest[]): readonly ModelOutput[] {
  return digests.map((digest) => ({ modelId: id, digest }));
}

type RunFailure = Failure<'non-finite-output' | 'model-threw'>;
