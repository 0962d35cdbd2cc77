import * as v from 'valibot';
import type { Clock, Result } from '../../base/index.ts';
import type { Database } from '../database.ts';
import type { StoreFailure } from '../store-failure.ts';
import type { RandomBytes } from '../vault/bytes.ts';
import { toHex } from '../vault/bytes.ts';
import { RunningTime } from './running-time.ts';
import type { RecordChange } from './state-record.ts';
import { changeState } from './state-record.ts';

/** Wrong PINs that a door takes in a row, over all people. */
export const budgetTries = 20;
/** Time until one more is taken. It passes only while the app runs, as the wait of a `Lock` does. */
export const budgetRefillMs = 180_000;

const key = 'pin-budget';
const schema = v.strictObject({ v: v.literal(1), tries: v.pipe(v.number(), v.minValue(0), v.maxValue(budgetTries)), stamp: v.string() });

/**
 * Bounds what one guesser can try at one door over all people: 20 wrong PINs, then one every three minutes, so 500 a day of a
 * million possible ones. Right ones cost nothing, and do not fill it either: somebody with a PIN of their own cannot buy
 * tries for others.
 */
export class TryBudget {
  readonly #running: RunningTime;

  constructor(
    private readonly database: Database,
    clock: Clock,
    private readonly random: RandomBytes,
  ) {
    this.#running = new RunningTime(clock);
  }

  /** Takes one try, written down before this answers. @returns 0, or how long there is none */
  take(): Promise<Result<number, StoreFailure>> {
    return this.#change((tries) => (tries >= 1 ? { left: tries - 1, value: 0 } : { left: tries, value: Math.ceil((1 - tries) * budgetRefillMs) }));
  }

  /** Gives back a try that was no guess. */
  giveBack(): Promise<Result<null, StoreFailure>> {
    return this.#change((tries) => ({ left: Math.min(budgetTries, tries + 1), value: null }));
  }

  #change<T>(spend: (tries: number) => { readonly left: number; readonly value: T }): Promise<Result<T, StoreFailure>> {
    return changeState(this.database, key, (stored): RecordChange<T> => {
      const { left, value } = spend(this.#triesIn(stored));
      const put = { v: 1, tries: left, stamp: toHex(this.random(8)) };
      this.#running.since(put.stamp);
      return { value, put };
    });
  }

  /** A damaged record is an empty budget. */
  #triesIn(stored: unknown): number {
    if (stored === undefined) return budgetTries;
    const parsed = v.safeParse(schema, stored);
    return parsed.success ? Math.min(budgetTries, parsed.output.tries + this.#running.since(parsed.output.stamp) / budgetRefillMs) : 0;
  }
}
