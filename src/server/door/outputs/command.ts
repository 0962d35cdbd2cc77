import type { Clock, Result } from '../../../base/index.ts';
import { err, ok } from '../../../base/index.ts';
import type { Confirmer } from '../../../doorlink/index.ts';
import type { CommandConfig } from '../config.ts';
import type { DoorOutput, OutputFailure, PulseOrder } from '../door-output.ts';
import type { ReadState } from './polled-state.ts';
import { PolledState } from './polled-state.ts';
import { runProgram } from './run-program.ts';

const stateLimitMs = 5000;

/**
 * Runs a program that pulses a relay or a GPIO line. Its exit code 0 in time is the word that it did; any other is its
 * no. A program that takes longer than the order lives is killed: it must set and release the line by itself within
 * that time. It finds the order in LINTEL_DOOR_ID, LINTEL_KIOSK_ID and LINTEL_DECISION_ID.
 */
export class CommandOutput implements DoorOutput {
  readonly ready = true;
  readonly #polled: PolledState;

  constructor(
    private readonly config: CommandConfig,
    private readonly clock: Clock,
  ) {
    this.#polled = new PolledState(config.state ? readBy(config.state.command) : null, config.state?.everyMs ?? 0);
  }

  get state() {
    return this.#polled.state;
  }

  async pulse({ doorId, kioskId, decisionId, untilMs }: PulseOrder): Promise<Result<Confirmer, OutputFailure>> {
    const leftMs = untilMs - this.clock.nowMs();
    if (leftMs <= 0) return err('output-refused', 'its time was over');
    const env = { LINTEL_DOOR_ID: doorId, LINTEL_KIOSK_ID: kioskId, LINTEL_DECISION_ID: decisionId };
    const ending = await runProgram(this.config.command, env, leftMs);
    switch (ending.kind) {
      case 'exit':
        return ending.code === 0 ? ok('command') : err('output-refused', `exit code ${ending.code}`);
      case 'signal':
        return err('output-lost', `ended by ${ending.signal}`);
      case 'not-started':
        return err('output-offline', ending.detail);
      case 'too-slow':
        return err('output-timeout', 'killed when the time of the order was over');
    }
  }

  onChange(listener: () => void): () => void {
    return this.#polled.onChange(listener);
  }

  close(): Promise<void> {
    return this.#polled.close();
  }
}

function readBy(command: readonly string[]): ReadState {
  return async (signal) => {
    const ending = await runProgram(command, {}, stateLimitMs, signal);
    return ending.kind === 'exit' && ending.code === 0 ? ending.printed : null;
  };
}
