import type { ServiceReason } from '../snapshot.ts';

/** What keeps a kiosk from serving, told when it changes. */
export class Faults {
  readonly #onChange: (reasons: readonly ServiceReason[], added: ServiceReason | null) => void;
  readonly #present = new Set<ServiceReason>();

  constructor(onChange: (reasons: readonly ServiceReason[], added: ServiceReason | null) => void) {
    this.#onChange = onChange;
  }

  get reasons(): readonly ServiceReason[] {
    return [...this.#present];
  }

  set(reason: ServiceReason, isPresent: boolean): void {
    if (this.#present.has(reason) === isPresent) return;
    if (isPresent) this.#present.add(reason);
    else this.#present.delete(reason);
    this.#onChange(this.reasons, isPresent ? reason : null);
  }
}
