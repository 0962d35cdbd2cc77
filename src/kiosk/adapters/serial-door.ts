import type { SerialRelay } from '../../doorlink/index.ts';
import type { DoorOutput } from '../ports.ts';
import { resultOf } from './bridge-door.ts';

/** The door behind a relay on this device's own serial line. Nothing tells how the door stands. */
export function serialDoor(relay: Pick<SerialRelay, 'pulse'>): DoorOutput {
  return {
    pulse: async (decisionId, signal) => resultOf(await relay.pulse(decisionId, signal)),
    position: () => 'unknown',
  };
}
