/** Listeners of one thing that changes. */
export class Changes {
  readonly #listeners = new Set<() => void>();

  add(listener: () => void): () => void {
    // An own function for each call: the same listener may be added twice.
    const entry = () => listener();
    this.#listeners.add(entry);
    return () => void this.#listeners.delete(entry);
  }

  tell(): void {
    for (const listener of [...this.#listeners]) listener();
  }
}
