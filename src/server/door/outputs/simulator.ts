import { mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Calendar, Clock, Result } from '../../../base/index.ts';
import { err, messageOf, ok } from '../../../base/index.ts';
import type { Confirmer } from '../../../doorlink/index.ts';
import { Changes } from '../changes.ts';
import type { SimulatorConfig } from '../config.ts';
import type { DoorOutput, OutputFailure, PulseOrder, SensedState } from '../door-output.ts';

/** A door that is not there: every pulse is a line of JSON in a file, and the door stands open for a while. */
export class SimulatorOutput implements DoorOutput {
  readonly ready = true;
  readonly #changes = new Changes();
  #state: SensedState = 'closed';
  #closing: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly config: SimulatorConfig,
    private readonly clock: Clock,
    private readonly calendar: Calendar,
  ) {}

  get state(): SensedState {
    return this.#state;
  }

  async pulse({ doorId, kioskId, decisionId, untilMs }: PulseOrder): Promise<Result<Confirmer, OutputFailure>> {
    if (this.clock.nowMs() >= untilMs) return err('output-refused', 'its time was over');
    const line = JSON.stringify({ at: new Date(this.calendar.epochMs()).toISOString(), doorId, kioskId, decisionId });
    try {
      await this.#append(`${line}\n`);
    } catch (thrown) {
      return err('output-lost', messageOf(thrown));
    }
    clearTimeout(this.#closing);
    this.#become('open');
    this.#closing = setTimeout(() => this.#become('closed'), this.config.openForMs);
    return ok('simulator');
  }

  onChange(listener: () => void): () => void {
    return this.#changes.add(listener);
  }

  close(): Promise<void> {
    clearTimeout(this.#closing);
    return Promise.resolve();
  }

  async #append(line: string): Promise<void> {
    await mkdir(dirname(this.config.recordFile), { recursive: true });
    const file = await open(this.config.recordFile, 'a', 0o600);
    try {
      await file.writeFile(line);
      await file.sync();
    } finally {
      await file.close();
    }
  }

  #become(state: SensedState): void {
    if (state === this.#state) return;
    this.#state = state;
    this.#changes.tell();
  }
}
