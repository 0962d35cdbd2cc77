import { join } from 'node:path';
import type { Calendar, Clock, Failure, Result } from '../../base/index.ts';
import { err, messageOf, ok } from '../../base/index.ts';
import type { DoorState, PairingRefusal } from '../../doorlink/index.ts';
import type { Handler } from '../handler.ts';
import type { SecurityOptions } from '../security-headers.ts';
import { bridgeKeys } from './bridge-key.ts';
import { DoorBridge } from './bridge.ts';
import { Challenges } from './challenges.ts';
import type { DoorConfig } from './config.ts';
import { doorHandler } from './door-handler.ts';
import type { PairedKiosk } from './kiosk-registry.ts';
import { KioskRegistry } from './kiosk-registry.ts';
import { makeOutput } from './outputs/make-output.ts';
import { PairingWindow } from './pairing-window.ts';
import { PulseDesk } from './pulse-desk.ts';
import { PulseLedger } from './pulse-ledger.ts';
import { StateDesk } from './state-desk.ts';

const mostKiosks = 32;

export interface DoorWorld {
  /** This person's data folder: the bridge's key, the paired kiosks and their counters are kept in it. */
  readonly dataFolder: string;
  readonly clock: Clock;
  readonly calendar: Calendar;
  /** Shows a new pairing code after the one before was spent on wrong tries. */
  readonly showCode: (code: string) => void;
  readonly log: (line: string) => void;
}

/** A bridge at work. */
export interface OpenDoor {
  readonly name: string;
  readonly outputKind: DoorConfig['output']['kind'];
  readonly handler: (options: SecurityOptions) => Handler;
  readonly state: () => DoorState;
  /** Makes a code that lets one kiosk pair within five minutes. */
  newCode(): string;
  kiosks(): Promise<readonly PairedKiosk[]>;
  close(): Promise<void>;
}

export type OpenDoorFailure = Failure<'door-store-broken' | 'door-store-unwritable' | 'door-config-unreadable'>;

/** Where the paired kiosks of one door are kept. */
export function kioskRegistry(dataFolder: string, doorId: string): KioskRegistry {
  return new KioskRegistry(join(doorFolder(dataFolder, doorId), 'kiosks'));
}

/** Builds the bridge of one door. Nothing in here opens it: that takes a signed pulse. */
export async function openDoor(config: DoorConfig, world: DoorWorld): Promise<Result<OpenDoor, OpenDoorFailure>> {
  const { dataFolder, clock, calendar, showCode, log } = world;
  const { doorId, name, heldAfterMs, pulsesPerMinute } = config;
  const folder = doorFolder(dataFolder, doorId);
  const keys = await bridgeKeys(folder);
  if (!keys.ok) return keys;
  const kiosks = kioskRegistry(dataFolder, doorId);
  const ledger = new PulseLedger(join(folder, 'pulses'));
  const challenges = new Challenges(clock, calendar);
  const made = await makeOutput(config, clock, calendar);
  if (!made.ok) return made;
  const output = made.value;
  const states = new StateDesk(output, heldAfterMs);
  const pulses = new PulseDesk({ doorId, pulsesPerMinute, challenges, ledger, output, clock, calendar });
  const bridge = new DoorBridge({ doorId, keys: keys.value, clock, kiosks, challenges, ledger, pulses, states, log });

  const keep = async (kiosk: Omit<PairedKiosk, 'pairedAt'>): Promise<Result<void, Failure<PairingRefusal>>> => {
    try {
      if ((await kiosks.all()).length >= mostKiosks) return err('too-many-kiosks', `${mostKiosks} are paired`);
      await ledger.begin(kiosk.kioskId);
      await kiosks.add({ ...kiosk, pairedAt: new Date(calendar.epochMs()).toISOString() });
      log(`kiosk ${kiosk.kioskId} paired: ${kiosk.name}`);
      return ok(undefined);
    } catch (thrown) {
      return err('not-recorded', messageOf(thrown));
    }
  };
  const pairing = new PairingWindow({ doorId, doorName: name, bridgeKey: keys.value.publicKey, clock, calendar, show: showCode, keep });
  return ok({
    name,
    outputKind: config.output.kind,
    handler: (options) => doorHandler(bridge, pairing, options),
    state: () => states.state,
    newCode: () => pairing.open(),
    kiosks: () => kiosks.all(),
    close: async () => {
      await pulses.close();
      states.close();
      await output.close();
    },
  });
}

function doorFolder(dataFolder: string, doorId: string): string {
  return join(dataFolder, 'door', doorId);
}
