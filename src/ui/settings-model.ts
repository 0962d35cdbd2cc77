import type { Settings, SettingsPatch, SettingsStore } from '../store/index.ts';

/** The choices of now, for views: a change shows at once and is saved behind it. */
export class SettingsModel {
  #value: Settings;
  readonly #store: SettingsStore;
  readonly #listeners = new Set<(settings: Settings) => void>();

  /** @param initial what `store.read()` gave */
  constructor(store: SettingsStore, initial: Settings) {
    this.#store = store;
    this.#value = initial;
  }

  get value(): Settings {
    return this.#value;
  }

  /** Whether the choices would be forgotten with the page: this browser lets nothing be stored. */
  get unsaved(): boolean {
    return this.#store.problem !== null;
  }

  /** Calls back after each change. @returns the call that ends it */
  subscribe(listener: (settings: Settings) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  change(patch: SettingsPatch): void {
    const minScore = { ...this.#value.minScore, ...patch.minScore };
    const models = patch.models ? { ...this.#value.models, ...patch.models } : this.#value.models;
    this.#value = { ...this.#value, ...patch, minScore, models };
    for (const listener of this.#listeners) listener(this.#value);
    void this.#store.write(patch);
  }
}
