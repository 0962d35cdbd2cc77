import type { DoorState } from './messages.ts';
import type { PairedDoor } from './paired-door.ts';
import type { DoorFetch } from './post.ts';
import { requestPulse } from './request-pulse.ts';
import { watchDoor } from './watch-door.ts';

/**
 * What became of one request. `code` is who confirmed an opening, and else why: the bridge's word, or what failed on the
 * way. `unknown` when the pulse was sent and nobody here knows whether the door opened.
 */
export interface DoorReply {
  readonly outcome: 'opened' | 'refused' | 'unknown';
  readonly code: string;
}

/** A paired door, watched until it is closed. */
export interface BridgeDoor {
  /** Asks the door to open once for a decision; nothing is asked after `signal` has fired. */
  pulse(decisionId: string, signal: AbortSignal): Promise<DoorReply>;
  /** As last heard; `unknown` before that. */
  position(): DoorState;
  close(): void;
}

/**
 * @param nowMs the kiosk's date, which may be wrong
 * @param limitMs longest to wait for each of the two answers that a pulse takes
 */
export function openBridgeDoor(fetch: DoorFetch, door: PairedDoor, { nowMs, limitMs = 3000 }: { readonly nowMs: () => number; readonly limitMs?: number }): BridgeDoor {
  let position: DoorState = 'unknown';
  const stop = watchDoor(fetch, door, (state) => (position = state));
  return {
    pulse: async (decisionId, signal) => {
      const result = await requestPulse(fetch, door, decisionId, { nowMs, limitMs, signal });
      if (!result.ok) return { outcome: result.failure.asked ? 'unknown' : 'refused', code: result.failure.code };
      const { value } = result;
      return { outcome: value.outcome, code: value.outcome === 'opened' ? value.confirmedBy : value.code };
    },
    position: () => position,
    close: stop,
  };
}
