import type { EvidenceRule, Pipeline, PipelineSettings } from '../../pipeline/index.ts';
import type { Settings } from '../../store/index.ts';
import type { LiveFailure } from '../live/live-state.ts';
import type { ModelShelf } from './model-shelf.ts';

type Brought = NonNullable<PipelineSettings['models']>;

/**
 * Hands the person's choices to the live pipeline, with the chosen models' bytes in place of their ids. The models are read
 * when the choice of models changes, and held until it changes again: a moved slider reads nothing.
 */
export class LiveModels {
  readonly #pipeline: Pick<Pipeline, 'configure'>;
  readonly #shelf: Pick<ModelShelf, 'read'>;
  #choice: Settings['models'] | null = null;
  #brought: Promise<Brought> = Promise.resolve({});
  #failures: readonly LiveFailure[] = [];
  /** The newest settings: older ones that waited for their models are not applied after them. */
  #newest: Settings | null = null;

  constructor(pipeline: Pick<Pipeline, 'configure'>, shelf: Pick<ModelShelf, 'read'>) {
    this.#pipeline = pipeline;
    this.#shelf = shelf;
  }

  /**
   * @param evidence how much is taken of each face; the usual without it
   * @returns for each chosen model that cannot be had, once, why not; the model that ships looks in its place
   */
  async apply(settings: Settings, evidence?: EvidenceRule): Promise<readonly LiveFailure[]> {
    this.#newest = settings;
    if (settings.models !== this.#choice) {
      this.#choice = settings.models;
      this.#brought = this.#read(settings.models);
    }
    const models = await this.#brought;
    if (settings !== this.#newest) return [];
    const failures = this.#failures;
    this.#failures = [];
    await this.#pipeline.configure({ ...settings, models, ...(evidence ? { evidence } : {}) });
    return failures;
  }

  async #read(choice: Settings['models']): Promise<Brought> {
    const failures: LiveFailure[] = [];
    const brought: { -readonly [task in keyof Brought]: Brought[task] } = {};
    for (const task of ['objects', 'faces'] as const) {
      const id = choice[task];
      const read = id === undefined ? null : await this.#shelf.read(id);
      if (read?.ok && read.value) brought[task] = read.value;
      if (read && !read.ok) failures.push({ code: 'own-model', detail: read.failure.detail });
    }
    this.#failures = failures;
    return brought;
  }
}
