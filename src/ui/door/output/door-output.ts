import type { Calendar, Result } from '../../../base/index.ts';
import { ok } from '../../../base/index.ts';
import type { DoorFetch, PairedDoor, PulseFailure, PulseOutcome } from '../../../doorlink/index.ts';
import { requestPulse } from '../../../doorlink/index.ts';
import type { DoorOutput, DoorPosition, KioskClock } from '../../../kiosk/index.ts';
import { bridgeDoor } from '../../../kiosk/index.ts';
import type { DoorRelay, DoorSettingsFailure, DoorSettingsStore } from '../../../store/index.ts';
import type { RelayLines } from './relay-lines.ts';
import { relayOutput } from './relay-output.ts';

/** What the owner chose to open the door with. */
export type OutputChoice = { readonly kind: 'bridge'; readonly paired: PairedDoor } | { readonly kind: 'relay'; readonly relay: DoorRelay };

export interface OutputParts {
  readonly fetch: DoorFetch;
  readonly calendar: Calendar;
  readonly lines: RelayLines;
}

/** null: neither was chosen. The bridge counts where an older version of the app has paired one beside a relay. */
export async function chosenOutput(settings: Pick<DoorSettingsStore, 'pairing' | 'relay'>): Promise<Result<OutputChoice | null, DoorSettingsFailure>> {
  const paired = await settings.pairing();
  if (!paired.ok) return paired;
  if (paired.value) return ok({ kind: 'bridge', paired: paired.value });
  const relay = await settings.relay();
  if (!relay.ok) return relay;
  return ok(relay.value && { kind: 'relay', relay: relay.value });
}

/** The output for as long as the door's screen is open. */
export function openOutput(choice: OutputChoice, parts: OutputParts & { readonly clock: Pick<KioskClock, 'after'>; readonly onPosition: (position: DoorPosition) => void }): DoorOutput & { close(): void } {
  const { fetch, calendar, lines, clock, onPosition } = parts;
  if (choice.kind === 'relay') return relayOutput({ relay: choice.relay, lines, clock, onPosition });
  return bridgeDoor({ fetch, paired: choice.paired, epochMs: () => calendar.epochMs(), onPosition });
}

/** Asks the output once, outside of any visit. */
export async function pulseOnce(choice: OutputChoice, decisionId: string, { fetch, calendar, lines }: OutputParts): Promise<Result<PulseOutcome, PulseFailure>> {
  if (choice.kind === 'relay') return ok(await lines.pulseOnce(choice.relay, decisionId));
  return requestPulse(fetch, choice.paired, decisionId, { nowMs: () => calendar.epochMs() });
}
