import * as v from 'valibot';
import type { Failure, Result } from '../../base/index.ts';
import { err, ok } from '../../base/index.ts';
import type { PairedDoor } from '../../doorlink/index.ts';
import { fromBase64Url } from '../../doorlink/index.ts';
import type { Database } from '../database.ts';
import type { StoreFailure } from '../store-failure.ts';
import type { DoorRelay } from './door-relay.ts';
import { recordOfRelay, relayIn } from './door-relay.ts';
import type { DoorSettings } from './door-settings.ts';
import { defaultDoorSettings, doorSettings } from './door-settings.ts';
import type { RecordChange } from './state-record.ts';
import { changeState, readState, removeState, replaceState } from './state-record.ts';

/**
 * Why settings were not read or kept.
 * - `damaged`: what lies on the disk is not what was written. The door must not open by guessed settings: the owner saves them again.
 * - `too-new`: a newer version of the app wrote them.
 * - `invalid`: a change or a relay that is out of bounds, or a face alone without the owner's signature for just this.
 */
export type DoorSettingsFailure = StoreFailure | Failure<'damaged' | 'invalid'>;

export interface DoorSettingsStore {
  /** The settings, and whether anybody has saved some yet. */
  read(): Promise<Result<{ readonly settings: DoorSettings; readonly saved: boolean }, DoorSettingsFailure>>;
  /** Changes some of them; damaged ones are replaced by the defaults first. @returns all of them */
  write(change: Partial<DoorSettings>): Promise<Result<DoorSettings, DoorSettingsFailure>>;
  /** The bridge that this kiosk is paired with; null for none. */
  pairing(): Promise<Result<PairedDoor | null, DoorSettingsFailure>>;
  /** A door has one output: a pairing ends the relay. @param paired null ends the pairing on this side */
  setPairing(paired: PairedDoor | null): Promise<Result<null, StoreFailure>>;
  /** Whether the owner keeps the door shut for now; a damaged record says yes. */
  paused(): Promise<Result<boolean, StoreFailure>>;
  setPaused(paused: boolean): Promise<Result<null, StoreFailure>>;
  /** The relay on this device's own serial line; null for none. */
  relay(): Promise<Result<DoorRelay | null, DoorSettingsFailure>>;
  /** A door has one output: a relay ends the pairing on this side. @param relay null forgets it */
  setRelay(relay: DoorRelay | null): Promise<Result<null, DoorSettingsFailure>>;
}

const version = 1;
const keyOfSettings = 'settings';
const keyOfPairing = 'pairing';
/** There while the owner keeps the door shut. Apart from the settings, which older versions of the app must go on reading. */
const keyOfPause = 'pause';
const keyOfRelay = 'relay';

const pairingSchema = v.strictObject({
  kioskId: v.string(),
  doorId: v.string(),
  doorName: v.string(),
  bridgeKey: v.pipe(v.string(), v.check((key) => fromBase64Url(key)?.length === 65, 'no key')),
  privateKey: v.custom<CryptoKey>((key) => key instanceof CryptoKey),
});

export function createDoorSettings(database: Database): DoorSettingsStore {
  return {
    async read() {
      const stored = await readState(database, keyOfSettings);
      if (!stored.ok) return stored;
      const settings = settingsIn(stored.value);
      return settings.ok ? ok({ settings: settings.value, saved: stored.value !== undefined }) : settings;
    },
    async write(change) {
      const written = await changeState(database, keyOfSettings, (stored): RecordChange<Result<DoorSettings, DoorSettingsFailure>> => {
        const before = settingsIn(stored);
        if (!before.ok && before.failure.code === 'too-new') return { value: before };
        const parsed = v.safeParse(doorSettings, { ...(before.ok ? before.value : defaultDoorSettings), ...change });
        if (!parsed.success) return { value: err('invalid', v.summarize(parsed.issues)) };
        return { value: ok(parsed.output), put: { v: version, settings: parsed.output } };
      });
      return written.ok ? written.value : written;
    },
    async pairing() {
      const stored = await readState(database, keyOfPairing);
      if (!stored.ok) return stored;
      if (stored.value === undefined) return ok(null);
      const parsed = v.safeParse(pairingSchema, stored.value);
      return parsed.success ? ok(parsed.output) : err('damaged', `the pairing: ${v.summarize(parsed.issues)}`);
    },
    setPairing(paired) {
      if (!paired) return removeState(database, keyOfPairing);
      return replaceState(database, { removed: keyOfRelay, key: keyOfPairing, put: pairingOf(paired) });
    },
    async relay() {
      const stored = await readState(database, keyOfRelay);
      return stored.ok ? relayIn(stored.value) : stored;
    },
    async setRelay(relay) {
      if (!relay) return removeState(database, keyOfRelay);
      const put = recordOfRelay(relay);
      return put.ok ? replaceState(database, { removed: keyOfPairing, key: keyOfRelay, put: put.value }) : put;
    },
    async paused() {
      const stored = await readState(database, keyOfPause);
      return stored.ok ? ok(stored.value !== undefined) : stored;
    },
    setPaused(paused) {
      return paused ? changeState(database, keyOfPause, () => ({ value: null, put: {} })) : removeState(database, keyOfPause);
    },
  };
}

function settingsIn(stored: unknown): Result<DoorSettings, Failure<'damaged' | 'too-new'>> {
  if (stored === undefined) return ok(defaultDoorSettings);
  const of = v.safeParse(v.object({ v: v.pipe(v.number(), v.integer(), v.minValue(1)), settings: v.unknown() }), stored);
  if (!of.success) return err('damaged', 'the settings of the door are no record');
  if (of.output.v > version) return err('too-new', `settings of version ${of.output.v}`);
  const parsed = v.safeParse(doorSettings, of.output.settings);
  return parsed.success ? ok(parsed.output) : err('damaged', `the settings of the door: ${v.summarize(parsed.issues)}`);
}

function pairingOf({ kioskId, doorId, doorName, bridgeKey, privateKey }: PairedDoor): PairedDoor {
  return { kioskId, doorId, doorName, bridgeKey, privateKey };
}
