import type { Clock } from '../../base/index.ts';

/** How somebody proved to be the owner. */
export type AdminWay = 'pin' | 'passphrase' | 'passkey' | 'set-up';

/** Stands for somebody who proved to be the owner, in this page only. It cannot be made by hand: the guard knows those it gave out. */
export interface AdminPass {
  readonly by: AdminWay;
}

/** A pass that nothing was done with for this long is worth nothing any more. */
export const passIdleMs = 5 * 60_000;

/** The passes that were given out. */
export class AdminPasses {
  readonly #lastUsedMs = new WeakMap<AdminPass, number>();

  constructor(private readonly clock: Clock) {}

  give(by: AdminWay): AdminPass {
    const pass: AdminPass = Object.freeze({ by });
    this.#lastUsedMs.set(pass, this.clock.nowMs());
    return pass;
  }

  /** Whether a pass holds; asking counts as using it. */
  holds(pass: AdminPass): boolean {
    const lastMs = this.#lastUsedMs.get(pass);
    if (lastMs === undefined) return false;
    if (this.clock.nowMs() - lastMs > passIdleMs) return this.end(pass);
    this.#lastUsedMs.set(pass, this.clock.nowMs());
    return true;
  }

  end(pass: AdminPass): false {
    this.#lastUsedMs.delete(pass);
    return false;
  }
}
