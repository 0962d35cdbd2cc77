/** A set of listeners of one event type, told in the order in which they came. */
export class Listeners<E> {
  readonly #all = new Set<(event: E) => void>();

  get size(): number {
    return this.#all.size;
  }

  /** @returns the call that ends the subscription; calling it twice is harmless */
  add(listener: (event: E) => void): () => void {
    // Wrapped, so that one function may subscribe twice and each end only its own subscription.
    const entry = (event: E): void => listener(event);
    this.#all.add(entry);
    return () => {
      this.#all.delete(entry);
    };
  }

  /** A listener that is added or removed while an event is told does not change who hears that event. */
  tell(event: E): void {
    for (const listener of [...this.#all]) if (this.#all.has(listener)) listener(event);
  }

  clear(): void {
    this.#all.clear();
  }
}
