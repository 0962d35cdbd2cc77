import type { Result } from '../../base/index.ts';
import { ok } from '../../base/index.ts';
import type { DetectorTask, PointsTask } from '../../pipeline/index.ts';
import type { AssetFile, ImportedModel, ModelCard, PointsCard, SecondRuntime, ShippedModel, ShippedPointsModel, ShippedVectorModel, VectorCard } from '../../runtime/index.ts';
import type { ImportedFailure, ImportedModels, OfflineAssets, OfflineFailure, OfflineProgress, StoreFailure } from '../../store/index.ts';
import type { SettingsModel } from '../settings-model.ts';

/** A model that a person can choose, as the list shows it. */
export interface ShelfModel {
  readonly id: string;
  readonly kind: 'shipped' | 'imported';
  readonly title: string;
  readonly task: DetectorTask;
  /** Of all its files. */
  readonly bytes: number;
  /** Null when the kept description is damaged: the model can only be removed, or repaired by importing it again. */
  readonly card: ModelCard | null;
  /** Whether its files are on this device. */
  readonly isStored: boolean;
  /** The program beside the app that it needs to run; null when the app runs it itself. */
  readonly runtime: ShelfRuntime | null;
  /** Whether it looks at live pictures. */
  readonly isChosen: boolean;
}

/** A model of points, or of a face's numbers: it comes with the app, and nobody chooses it. */
export interface ShelfFixedModel {
  readonly title: string;
  readonly task: PointsTask | VectorCard['task'];
  /** Of all its files. */
  readonly bytes: number;
  readonly card: PointsCard | VectorCard;
  /** Whether its files are on this device. */
  readonly isStored: boolean;
}

/** A second runtime and whether it is there without a network. */
export interface ShelfRuntime {
  readonly format: SecondRuntime['format'];
  readonly name: string;
  readonly bytes: number;
  readonly isStored: boolean;
}

export interface ShelfList {
  readonly models: readonly ShelfModel[];
  readonly points: readonly ShelfFixedModel[];
  readonly faces: readonly ShelfFixedModel[];
  /** Why the imported models are not in the list; null when they are. */
  readonly problem: StoreFailure | null;
}

export interface ShelfParts {
  readonly shipped: readonly ShippedModel[];
  readonly points: readonly ShippedPointsModel[];
  readonly faces: readonly ShippedVectorModel[];
  readonly imported: ImportedModels;
  readonly settings: SettingsModel;
  readonly runtimes: readonly SecondRuntime[];
  readonly offlineOf: (files: readonly AssetFile[]) => OfflineAssets;
}

/** All models of this device, those that came with the app and those that the person brought, and which of them is used. */
export class ModelShelf {
  readonly #parts: ShelfParts;
  readonly #listeners = new Set<() => void>();

  constructor(parts: ShelfParts) {
    this.#parts = parts;
    parts.settings.subscribe(() => this.#changed());
  }

  /** Calls back when the list may have changed. @returns the call that ends it */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  async list(): Promise<ShelfList> {
    const { shipped, imported } = this.#parts;
    const [own, points, faces, brought, runtimes] = await Promise.all([
      Promise.all(shipped.map((model) => this.#shipped(model))),
      Promise.all(this.#parts.points.map((model) => this.#fixed(model))),
      Promise.all(this.#parts.faces.map((model) => this.#fixed(model))),
      imported.list(),
      this.runtimes(),
    ]);
    if (!brought.ok) return { models: own, points, faces, problem: brought.failure };
    const kept = brought.value.map(({ id, card }): ShelfModel => {
      const task = card?.task ?? 'objects';
      const bytes = bytesOf(card?.files ?? []);
      const runtime = runtimes.find(({ format }) => format === card?.format) ?? null;
      return { id, kind: 'imported', title: card?.title ?? id, task, bytes, card, isStored: card !== null, runtime, isChosen: this.#chosenId(task) === id };
    });
    return { models: [...own, ...kept], points, faces, problem: null };
  }

  /** The bytes of an imported model; null for one that ships. */
  async read(id: string): Promise<Result<ImportedModel | null, ImportedFailure>> {
    return this.#isShipped(id) ? ok(null) : this.#parts.imported.read(id);
  }

  /** Lets a model look at live pictures. It is read first: a damaged one is not chosen. */
  async use(model: ShelfModel): Promise<Result<null, ImportedFailure>> {
    const read = await this.read(model.id);
    if (!read.ok) return read;
    this.#parts.settings.change({ models: { [model.task]: model.id } });
    return ok(null);
  }

  /**
   * Keeps a model, and with it the program that it needs: what is kept runs without a network. Where that program cannot be
   * had now, the model is kept all the same, and the list says what is missing.
   */
  async keep(model: ImportedModel): Promise<Result<null, ImportedFailure>> {
    const added = await this.#parts.imported.add(model);
    if (!added.ok) return added;
    const runtime = this.#parts.runtimes.find(({ format }) => format === model.card.format);
    if (runtime) await this.#parts.offlineOf(runtime.files).makeAvailable(() => undefined, new AbortController().signal);
    this.#changed();
    return added;
  }

  async rename(id: string, title: string): Promise<Result<null, ImportedFailure>> {
    const renamed = await this.#parts.imported.rename(id, title);
    this.#changed();
    return renamed;
  }

  /** Removes an imported model. When it was the one in use, the model that ships takes its place. */
  async remove(model: ShelfModel): Promise<Result<null, StoreFailure>> {
    const removed = await this.#parts.imported.remove(model.id);
    if (removed.ok && model.isChosen) this.#parts.settings.change({ models: { [model.task]: this.#shippedId(model.task) } });
    this.#changed();
    return removed;
  }

  /** The second runtimes, for the formats that the app does not run itself. */
  async runtimes(): Promise<readonly ShelfRuntime[]> {
    return Promise.all(this.#parts.runtimes.map(async ({ format, name, files }) => ({ format, name, bytes: bytesOf(files), isStored: await this.#isStored(files) })));
  }

  /** Stores what a model needs to run without a network: the files of one that ships, the program of one that was brought. */
  async makeAvailable(model: ShelfModel, onProgress: (progress: OfflineProgress) => void, signal: AbortSignal): Promise<Result<null, OfflineFailure>> {
    if (model.runtime) return this.storeRuntime(model.runtime.format, onProgress, signal);
    const shipped = this.#parts.shipped.find(({ card }) => card.id === model.id);
    if (!shipped) throw new RangeError(`${model.id} does not ship`);
    return this.#store(shipped.files, onProgress, signal);
  }

  /** Stores the files of a model that nobody chooses. */
  async storeFixed({ card: { id } }: ShelfFixedModel, onProgress: (progress: OfflineProgress) => void, signal: AbortSignal): Promise<Result<null, OfflineFailure>> {
    const model = [...this.#parts.points, ...this.#parts.faces].find(({ card }) => card.id === id);
    if (!model) throw new RangeError(`${id} does not ship`);
    return this.#store(model.files, onProgress, signal);
  }

  async storeRuntime(format: SecondRuntime['format'], onProgress: (progress: OfflineProgress) => void, signal: AbortSignal): Promise<Result<null, OfflineFailure>> {
    return this.#store(this.#runtimeFiles(format), onProgress, signal);
  }

  async removeRuntime(format: SecondRuntime['format']): Promise<Result<null, OfflineFailure>> {
    const removed = await this.#parts.offlineOf(this.#runtimeFiles(format)).remove();
    this.#changed();
    return removed;
  }

  #runtimeFiles(wanted: SecondRuntime['format']): readonly AssetFile[] {
    return this.#parts.runtimes.find(({ format }) => format === wanted)?.files ?? [];
  }

  async #store(files: readonly AssetFile[], onProgress: (progress: OfflineProgress) => void, signal: AbortSignal): Promise<Result<null, OfflineFailure>> {
    const stored = await this.#parts.offlineOf(files).makeAvailable(onProgress, signal);
    this.#changed();
    return stored;
  }

  async #isStored(files: readonly AssetFile[]): Promise<boolean> {
    return (await this.#parts.offlineOf(files).status()).every(({ cached }) => cached);
  }

  async #shipped(model: ShippedModel): Promise<ShelfModel> {
    const { card, files } = model;
    return {
      id: card.id,
      kind: 'shipped',
      title: card.title,
      task: card.task,
      bytes: bytesOf(files),
      card,
      isStored: await this.#isStored(files),
      runtime: null,
      isChosen: this.#chosenId(card.task) === card.id,
    };
  }

  async #fixed({ card, files }: ShippedPointsModel | ShippedVectorModel): Promise<ShelfFixedModel> {
    return { title: card.title, task: card.task, bytes: bytesOf(files), card, isStored: await this.#isStored(files) };
  }

  #chosenId(task: DetectorTask): string {
    return this.#parts.settings.value.models[task] ?? this.#shippedId(task);
  }

  #shippedId(task: DetectorTask): string {
    const model = this.#parts.shipped.find(({ card }) => card.task === task);
    if (!model) throw new RangeError(`no model ships for ${task}`);
    return model.card.id;
  }

  #isShipped(id: string): boolean {
    return this.#parts.shipped.some(({ card }) => card.id === id);
  }

  #changed(): void {
    for (const listener of this.#listeners) listener();
  }
}

function bytesOf(files: readonly { readonly bytes: number }[]): number {
  return files.reduce((sum, { bytes }) => sum + bytes, 0);
}
