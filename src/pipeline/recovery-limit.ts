const most = 3;
const withinMs = 60_000;

/**
 * How often a lost engine is replaced without asking: three times a minute. An engine that dies on every frame would
 * else be started for ever; after that the person is told and may try again.
 */
export class RecoveryLimit {
  #triesMs: readonly number[] = [];

  /** Counts one more try, unless there were too many. */
  mayTry(nowMs: number): boolean {
    const recent = this.#triesMs.filter((tMs) => nowMs - tMs < withinMs);
    const may = recent.length < most;
    this.#triesMs = may ? [...recent, nowMs] : recent;
    return may;
  }
}
