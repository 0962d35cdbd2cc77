/**
 * A record of plain values that changes field by field, and only to what has been seen without a break for a while: what
 * people read must not flicker. Example: eyes that close for a blink never change what is shown.
 */
export class Steady<T extends object> {
  readonly #holdMs: number;
  #shown: T | null = null;
  readonly #since = new Map<keyof T, { readonly value: T[keyof T]; readonly tMs: number }>();

  /** @param holdMs how long a new value must hold */
  constructor(holdMs: number) {
    this.#holdMs = holdMs;
  }

  /** @returns what is to be shown at `tMs`; the same object while nothing changes */
  at(seen: T, tMs: number): T {
    const shown = this.#shown;
    if (!shown) return (this.#shown = seen);
    const changed: Partial<T> = {};
    for (const key of Object.keys(seen) as (keyof T)[]) {
      const value = seen[key];
      const waiting = this.#since.get(key);
      if (value === shown[key]) this.#since.delete(key);
      else if (waiting?.value !== value) this.#since.set(key, { value, tMs });
      else if (tMs - waiting.tMs >= this.#holdMs) {
        changed[key] = value;
        this.#since.delete(key);
      }
    }
    if (Object.keys(changed).length > 0) this.#shown = { ...shown, ...changed };
    return this.#shown ?? seen;
  }
}
