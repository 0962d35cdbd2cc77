import { askBridge } from './ask-bridge.ts';
import { randomBytes, toBase64Url } from './bytes.ts';
import type { DoorState, StateRequest } from './messages.ts';
import { maxStateWaitMs, stateAnswer } from './messages.ts';
import type { PairedDoor } from './paired-door.ts';
import { doorPaths } from './paths.ts';
import type { DoorFetch } from './post.ts';

export interface WatchOptions {
  /** Longest that one question waits at the bridge for a change, in milliseconds. */
  readonly waitMs?: number;
  /** Pause after a question that failed, in milliseconds. */
  readonly retryMs?: number;
}

/** How much longer than its wait a question may take before the bridge counts as gone. */
const graceMs = 5000;

/**
 * Tells the door's state now and at every change, until the returned function is called: one question waits at the
 * bridge all the time. `offline` when the bridge, or what stands behind it, cannot be reached.
 */
export function watchDoor(fetch: DoorFetch, door: PairedDoor, onState: (state: DoorState) => void, options: WatchOptions = {}): () => void {
  const { waitMs = maxStateWaitMs, retryMs = 2000 } = options;
  const stop = new AbortController();
  // Read through a function: it changes while the loop below waits.
  const stopped = () => stop.signal.aborted;
  let told: DoorState | null = null;
  const tell = (state: DoorState) => {
    if (stopped() || state === told) return;
    told = state;
    onState(state);
  };
  const follow = async () => {
    let known: DoorState | null = null;
    while (!stopped()) {
      const { kioskId, doorId } = door;
      const message: StateRequest = { kind: 'state', kioskId, doorId, nonce: toBase64Url(randomBytes(16)), known, waitMs };
      const answer = await askBridge(fetch, door, { path: doorPaths.state, message, limitMs: waitMs + graceMs, signal: stop.signal }, stateAnswer);
      known = answer.ok ? answer.value.state : null;
      tell(known ?? 'offline');
      if (!answer.ok) await pause(retryMs, stop.signal);
    }
  };
  void follow();
  return () => stop.abort();
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, signal.aborted ? 0 : ms);
    signal.addEventListener('abort', done);
  });
}
