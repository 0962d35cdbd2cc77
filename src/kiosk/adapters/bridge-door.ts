import type { DoorFetch, PairedDoor, PulseOutcome } from '../../doorlink/index.ts';
import { requestPulse, watchDoor } from '../../doorlink/index.ts';
import type { DoorOutput, DoorPosition, PulseResult } from '../ports.ts';

export interface BridgeDoorOptions {
  readonly fetch: DoorFetch;
  readonly paired: PairedDoor;
  /** The device's date; only for the bridge's log. */
  readonly epochMs: () => number;
  readonly onPosition?: (position: DoorPosition) => void;
}

/** Longest for each of the two exchanges of a pulse, in milliseconds: both end before the kiosk stops waiting. */
const limitMs = 1800;

/** The door behind the paired bridge, watched until it is closed. */
export function bridgeDoor({ fetch, paired, epochMs, onPosition }: BridgeDoorOptions): DoorOutput & { close(): void } {
  let position: DoorPosition = 'unknown';
  const close = watchDoor(fetch, paired, (state) => {
    position = state;
    onPosition?.(state);
  });
  return {
    async pulse(decisionId, signal) {
      const asked = await requestPulse(fetch, paired, decisionId, { nowMs: epochMs, limitMs, signal });
      if (asked.ok) return resultOf(asked.value);
      const { code, asked: wasAsked } = asked.failure;
      return { outcome: wasAsked ? 'unknown' : 'refused', code };
    },
    position: () => position,
    close,
  };
}

/** What a bridge or a relay says of a pulse, in the kiosk's words. */
export function resultOf(outcome: PulseOutcome): PulseResult {
  return outcome.outcome === 'opened' ? { outcome: 'opened', code: outcome.confirmedBy } : outcome;
}
