import type { Result } from '../../base/index.ts';
import { ok } from '../../base/index.ts';
import type { DetectorTask } from '../../pipeline/index.ts';
import type { ImportedModel, ModelCard, ShippedModel } from '../../runtime/index.ts';
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
  /** Whether it runs without a network. */
  readonly isStored: boolean;
  /** Whether it looks at live pictures. */
  readonly isChosen: boolean;
}

export interface ShelfList {
  readonly models: readonly ShelfModel[];
  /** Why the imported models are not in the list; null when they are. */
  readonly problem: StoreFailure | null;
}

export interface ShelfParts {
  readonly shipped: readonly ShippedModel[];
  readonly imported: ImportedModels;
  readonly settings: SettingsModel;
  readonly offlineOf: (model: ShippedModel) => OfflineAssets;
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
    const [own, brought] = await Promise.all([Promise.all(shipped.map((model) => this.#shipped(model))), imported.list()]);
    if (!brought.ok) return { models: own, problem: brought.failure };
    const kept = brought.value.map(({ id, card }): ShelfModel => {
      const task = card?.task ?? 'objects';
      const bytes = card?.files.reduce((sum, file) => sum + file.bytes, 0) ?? 0;
      return { id, kind: 'imported', title: card?.title ?? id, task, bytes, card, isStored: card !== null, isChosen: this.#chosenId(task) === id };
    });
    return { models: [...own, ...kept], problem: null };
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

  async keep(model: ImportedModel): Promise<Result<null, ImportedFailure>> {
    const added = await this.#parts.imported.add(model);
    if (added.ok) this.#changed();
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

  /** Stores a shipped model for use without a network. */
  async makeAvailable(id: string, onProgress: (progress: OfflineProgress) => void, signal: AbortSignal): Promise<Result<null, OfflineFailure>> {
    const model = this.#parts.shipped.find(({ card }) => card.id === id);
    if (!model) throw new RangeError(`${id} does not ship`);
    const stored = await this.#parts.offlineOf(model).makeAvailable(onProgress, signal);
    this.#changed();
    return stored;
  }

  async #shipped(model: ShippedModel): Promise<ShelfModel> {
    const { card, files } = model;
    const status = await this.#parts.offlineOf(model).status();
    return {
      id: card.id,
      kind: 'shipped',
      title: card.title,
      task: card.task,
      bytes: files.reduce((sum, file) => sum + file.bytes, 0),
      card,
      isStored: status.every(({ cached }) => cached),
      isChosen: this.#chosenId(card.task) === card.id,
    };
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
