import type { Result } from '../../../base/index.ts';
import { err, ok } from '../../../base/index.ts';
import type { AdminPass, DoorSettingsStore } from '../../../store/index.ts';
import type { SerialPorts } from '../output/serial-port.ts';
import type { RelayOffice, RelayState } from './door-office.ts';

export interface RelayOfficeParts {
  readonly ports: SerialPorts;
  readonly settings: Pick<DoorSettingsStore, 'relay' | 'setRelay'>;
  /** Does the work where the owner is in. */
  readonly withPass: <T>(work: (pass: AdminPass) => Promise<Result<T>>) => Promise<Result<T>>;
  /** Writes a line into the door's record. */
  readonly note: (action: string, pass: AdminPass) => Promise<unknown>;
}

/** The owner's choice of a relay, kept in the door's settings. */
export class StoreRelayOffice implements RelayOffice {
  readonly #parts: RelayOfficeParts;

  constructor(parts: RelayOfficeParts) {
    this.#parts = parts;
  }

  async chosen(): Promise<Result<RelayState | null>> {
    const { ports, settings } = this.#parts;
    const relay = await settings.relay();
    if (!relay.ok) return relay;
    return ok(relay.value && { pulseMs: relay.value.pulseMs, isThere: (await ports.granted(relay.value)) !== null });
  }

  async choose(pulseMs: number): ReturnType<RelayOffice['choose']> {
    const { ports, settings, withPass, note } = this.#parts;
    const ids = await ports.choose();
    if (!ids.ok) return ids;
    const kept = await withPass(async (pass) => {
      const written = await settings.setRelay({ ...ids.value, pulseMs });
      if (written.ok) await note('relay-chosen', pass);
      return written;
    });
    if (!kept.ok) return err('not-kept', kept.failure.detail);
    return ok({ pulseMs, isThere: (await ports.granted(ids.value)) !== null });
  }

  forget(): Promise<Result<null>> {
    const { ports, settings, withPass, note } = this.#parts;
    return withPass(async (pass) => {
      const relay = await settings.relay();
      const forgotten = await settings.setRelay(null);
      if (!forgotten.ok) return forgotten;
      if (relay.ok && relay.value) await ports.forget(relay.value);
      await note('relay-forgotten', pass);
      return forgotten;
    });
  }
}
