import type { Result } from '../../base/index.ts';
import { ok } from '../../base/index.ts';
import type { PointsModel } from '../../landmarks/tf.ts';
import { loadFacePoints, loadPosePoints } from '../../landmarks/tf.ts';
import type { ModelCard, ModelFailure, ModelSource, PointsCard } from '../../runtime/index.ts';
import { importedSource, shippedModels, shippedPointsModels, shippedPointsSource, shippedSource } from '../../runtime/index.ts';
import type { Detector } from '../../yolo/tf.ts';
import { loadDetector } from '../../yolo/tf.ts';
import type { BroughtModels, DetectorTask, PointsTask, TaskName } from '../protocol.ts';
import type { EvidenceModels } from './evidence-models.ts';
import { evidenceFiles, loadEvidenceModels } from './evidence-models.ts';
import type { Job } from './scheduler.ts';

/** A detector of the engine: that of a task, or one that finds persons where the objects' model does not. */
export type DetectorJob = DetectorTask | 'persons';

/** The label of persons in the shipped model, by which a model of a person's own is known to find them too. */
export const personLabel = 'person';

type OnBytes = (count: number) => void;
type Loaded = Result<null, ModelFailure>;

/** The models of an engine: loaded when first needed, once each, and kept until `dispose`. */
export class LoadedModels {
  readonly #detectors = new Map<DetectorJob, Detector>();
  readonly #points = new Map<PointsTask, PointsModel>();
  #evidence: EvidenceModels | null = null;
  readonly #loading = new Map<Job, Promise<Loaded>>();
  #brought: BroughtModels = {};
  #descriptorId: string | null = null;
  #personsJob: DetectorJob = 'objects';
  #disposed = false;

  /** Models of the person's own, and the descriptor that is asked for, null for the usual one; set before anything is loaded. */
  bring(models: BroughtModels, descriptorId: string | null): void {
    this.#brought = models;
    this.#descriptorId = descriptorId;
    this.#personsJob = this.#sourceOf('objects').card.labels.includes(personLabel) ? 'objects' : 'persons';
  }

  detector(job: DetectorJob): Detector | null {
    return this.#detectors.get(job) ?? null;
  }

  points(task: PointsTask): PointsModel | null {
    return this.#points.get(task) ?? null;
  }

  /** The models of evidence; null while they are not loaded. */
  get evidence(): EvidenceModels | null {
    return this.#evidence;
  }

  has(job: Job): boolean {
    if (job === 'embed') return this.#evidence !== null;
    return isPoints(job) ? this.#points.has(job) : this.#detectors.has(job);
  }

  /** The detector whose boxes the poses are looked for in. */
  get personsJob(): DetectorJob {
    return this.#personsJob;
  }

  /** The jobs that the tasks need a model for, detectors first. */
  jobsFor(tasks: readonly TaskName[]): readonly Job[] {
    const has = (...any: readonly TaskName[]): boolean => any.some((task) => tasks.includes(task));
    const jobs = new Set<Job>();
    if (has('objects')) jobs.add('objects');
    if (has('pose')) jobs.add(this.personsJob);
    if (has('faces', 'landmarks', 'mesh')) jobs.add('faces');
    for (const task of ['landmarks', 'mesh', 'pose', 'embed'] as const) if (has(task)) jobs.add(task);
    return [...jobs];
  }

  missing(tasks: readonly TaskName[]): readonly Job[] {
    return this.jobsFor(tasks).filter((job) => !this.has(job));
  }

  bytesToLoad(tasks: readonly TaskName[]): number {
    const files = this.missing(tasks).flatMap((job) => (job === 'embed' ? evidenceFiles(this.#descriptorId) : (isPoints(job) ? pointsSource(job) : this.#sourceOf(job)).card.files));
    return files.reduce((sum, file) => sum + file.bytes, 0);
  }

  /** Loads what the tasks need and is not there yet, one after the other. What is being loaded already is waited for. */
  async load(tasks: readonly TaskName[], onBytes: OnBytes): Promise<Loaded> {
    for (const job of this.missing(tasks)) {
      const loading = this.#loading.get(job) ?? this.#load(job, onBytes).finally(() => this.#loading.delete(job));
      this.#loading.set(job, loading);
      const loaded = await loading;
      if (!loaded.ok) return loaded;
    }
    return ok(null);
  }

  dispose(): void {
    this.#disposed = true;
    for (const model of [...this.#detectors.values(), ...this.#points.values()]) model.dispose();
    this.#evidence?.dispose();
    this.#evidence = null;
    this.#detectors.clear();
    this.#points.clear();
  }

  #load(job: Job, onBytes: OnBytes): Promise<Loaded> {
    if (job === 'embed') return this.#keep(loadEvidenceModels(this.#descriptorId, onBytes), (models) => (this.#evidence = models));
    if (!isPoints(job)) return this.#keep(loadDetector(this.#sourceOf(job), onBytes), (detector) => this.#detectors.set(job, detector));
    const load = job === 'pose' ? loadPosePoints : loadFacePoints;
    return this.#keep(load(pointsSource(job), onBytes), (model) => this.#points.set(job, model));
  }

  async #keep<T extends { dispose(): void }>(loading: Promise<Result<T, ModelFailure>>, keep: (model: T) => void): Promise<Loaded> {
    const loaded = await loading;
    if (!loaded.ok) return loaded;
    if (this.#disposed) loaded.value.dispose();
    else keep(loaded.value);
    return ok(null);
  }

  #sourceOf(job: DetectorJob): ModelSource {
    const task = job === 'persons' ? 'objects' : job;
    const brought = job === 'persons' ? undefined : this.#brought[task];
    return brought ? importedSource(brought) : shippedSource(idOf(shippedModels, task));
  }
}

function pointsSource(task: PointsTask): ModelSource<PointsCard> {
  return shippedPointsSource(idOf(shippedPointsModels, task));
}

function isPoints(job: Job): job is PointsTask {
  return job === 'landmarks' || job === 'mesh' || job === 'pose';
}

function idOf(models: readonly { readonly card: Pick<ModelCard | PointsCard, 'id' | 'task'> }[], task: TaskName): string {
  const model = models.find((candidate) => candidate.card.task === task);
  if (!model) throw new RangeError(`no model ships for ${task}`);
  return model.card.id;
}
