import type { Clock, Result } from '../../../base/index.ts';
import { err, ok } from '../../../base/index.ts';
import type { Confirmer } from '../../../doorlink/index.ts';
import { Changes } from '../changes.ts';
import type { MqttConfig } from '../config.ts';
import type { DoorOutput, OutputFailure, PulseOrder, SensedState } from '../door-output.ts';
import { availabilityTopic, discovery } from './home-assistant.ts';
import type { MqttVersion } from './mqtt-link.ts';
import { MqttLink } from './mqtt-link.ts';

const leastRetryMs = 500;
const mostRetryMs = 10_000;
/** MQTT counts the life of a message in whole seconds. */
const expiryS = 2;

export interface MqttDoor {
  readonly doorId: string;
  readonly doorName: string;
  readonly config: MqttConfig;
  /** The broker's certificate authority, where it is none of the system's. */
  readonly authorityPem: string | null;
}

/** Waits for the device's own word on one order. */
interface Awaited {
  readonly payload: string;
  confirm(): void;
}

/**
 * Publishes an order as a command to a broker: quality of service 1, not retained, never queued. Each connection is a
 * new one with nothing of the last; while there is none, a pulse fails at once. Without a topic on which the device
 * confirms, the broker's acknowledgement is all that is known, and said.
 */
export class MqttOutput implements DoorOutput {
  readonly #changes = new Changes();
  readonly #topics: readonly string[];
  #link: MqttLink | null = null;
  #version: MqttVersion = 5;
  #retryMs = leastRetryMs;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #state: SensedState = 'unknown';
  #awaited: Awaited | null = null;
  #isClosed = false;

  constructor(
    private readonly door: MqttDoor,
    private readonly clock: Clock,
  ) {
    const { confirm, state } = door.config;
    this.#topics = [...new Set([confirm?.topic, state?.topic].filter((topic) => topic !== undefined))];
    this.#open();
  }

  get ready(): boolean {
    return this.#link?.isReady ?? false;
  }

  get state(): SensedState {
    return this.#state;
  }

  async pulse(order: PulseOrder): Promise<Result<Confirmer, OutputFailure>> {
    const link = this.#link;
    if (!link?.isReady) return err('output-offline', 'no connection to the broker');
    const leftMs = order.untilMs - this.clock.nowMs();
    if (leftMs <= 0) return err('output-refused', 'its time was over');
    const { commandTopic, payload, confirm } = this.door.config;
    const confirmed = confirm ? this.#deviceConfirms(filled(confirm.payload, order)) : null;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<'late'>((resolve) => (timer = setTimeout(() => resolve('late'), leftMs)));
    try {
      const sent = await Promise.race([link.publish(commandTopic, filled(payload, order), expiryS), late]);
      switch (sent) {
        case 'late':
          // The library would send it again when the broker answers at last.
          link.drop();
          return err('output-timeout', 'the broker did not acknowledge');
        case 'lost':
          return err('output-lost', 'the connection ended before the broker acknowledged');
        case 'refused':
          return err('output-refused', 'the broker did not take it');
        case 'nobody-listens':
          return err('output-refused', `nobody listens at ${commandTopic}`);
        case 'acknowledged':
          if (!confirmed) return ok('broker');
          return (await Promise.race([confirmed, late])) === 'late' ? err('output-timeout', 'the device did not confirm') : ok('device');
      }
    } finally {
      clearTimeout(timer);
      this.#awaited = null;
    }
  }

  onChange(listener: () => void): () => void {
    return this.#changes.add(listener);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#retry);
    await this.#link?.close({ topic: availabilityTopic(this.door.doorId), payload: 'offline' });
  }

  #open(): void {
    const { doorId, doorName, config, authorityPem } = this.door;
    const availability = availabilityTopic(doorId);
    const link: MqttLink = new MqttLink({
      config,
      authorityPem,
      version: this.#version,
      will: { topic: availability, payload: 'offline' },
      topics: this.#topics,
      onReady: () => {
        this.#retryMs = leastRetryMs;
        for (const message of discovery(doorId, doorName, config)) link.retain(message);
        link.retain({ topic: availability, payload: 'online' });
        this.#changes.tell();
      },
      onMessage: (topic, payload, isRetained) => this.#hear(topic, payload, isRetained),
      onEnd: (_detail, isWrongVersion) => this.#ended(isWrongVersion),
    });
    this.#link = link;
  }

  #ended(isWrongVersion: boolean): void {
    this.#link = null;
    this.#state = 'unknown';
    this.#changes.tell();
    if (this.#isClosed) return;
    if (isWrongVersion) this.#version = this.#version === 5 ? 4 : 5;
    this.#retry = setTimeout(() => this.#open(), this.#retryMs);
    this.#retryMs = Math.min(mostRetryMs, this.#retryMs * 2);
  }

  #hear(topic: string, payload: string, isRetained: boolean): void {
    const { confirm, state } = this.door.config;
    // A retained confirmation is an old one.
    if (topic === confirm?.topic && !isRetained && payload === this.#awaited?.payload) this.#awaited.confirm();
    if (topic !== state?.topic) return;
    this.#state = payload === state.open ? 'open' : payload === state.closed ? 'closed' : 'unknown';
    this.#changes.tell();
  }

  #deviceConfirms(payload: string): Promise<'confirmed'> {
    return new Promise((resolve) => {
      this.#awaited = { payload, confirm: () => resolve('confirmed') };
    });
  }
}

function filled(text: string, { decisionId, untilEpochMs }: PulseOrder): string {
  return text.replaceAll('{decisionId}', decisionId).replaceAll('{expiresAtMs}', String(untilEpochMs));
}
