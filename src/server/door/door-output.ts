import type { Failure, Result } from '../../base/index.ts';
import type { Confirmer } from '../../doorlink/index.ts';

/** One opening of the door that has passed every check and is on record. */
export interface PulseOrder {
  readonly doorId: string;
  readonly kioskId: string;
  readonly decisionId: string;
  /** Milliseconds of the steady clock after which nothing of this order may reach the door, and the output must have answered. */
  readonly untilMs: number;
  /** The same moment by this computer's date, for receivers that check it: milliseconds since 1970 UTC. */
  readonly untilEpochMs: number;
}

/** `output-offline` and `output-refused`: the door was not opened. The others: nobody knows. */
export type OutputFailure = Failure<'output-offline' | 'output-refused' | 'output-timeout' | 'output-lost'>;

/** What the door's sensor says; `unknown` without one. */
export type SensedState = 'closed' | 'open' | 'unknown';

/** The way to the lock. */
export interface DoorOutput {
  /** False while a pulse would fail with `output-offline`. */
  readonly ready: boolean;
  readonly state: SensedState;
  /** Opens once. Never retries, never keeps an order for later. Gives the one who confirmed it. */
  pulse(order: PulseOrder): Promise<Result<Confirmer, OutputFailure>>;
  /** Calls back whenever `ready` or `state` may have changed, until the returned function is called. */
  onChange(listener: () => void): () => void;
  close(): Promise<void>;
}
