import { isIP } from 'node:net';
import type { Socket } from 'node:net';
import { connect as connectTcp } from 'node:net';
import { connect as connectTls, rootCertificates } from 'node:tls';
import mqtt from 'mqtt';
import type { MqttConfig } from '../config.ts';
import type { Retained } from './home-assistant.ts';

export type MqttVersion = 4 | 5;

export interface LinkOptions {
  readonly config: MqttConfig;
  readonly authorityPem: string | null;
  readonly version: MqttVersion;
  readonly will: Retained;
  readonly topics: readonly string[];
  /** Connected, and subscribed to every topic. */
  onReady(): void;
  onMessage(topic: string, payload: string, isRetained: boolean): void;
  /** Over, for this reason; it never comes back. */
  onEnd(detail: string, isWrongVersion: boolean): void;
}

const connectTimeoutMs = 5000;
const keepaliveS = 10;
/** CONNACK codes of a broker that does not speak this version: of MQTT 3.1.1, and of 5. */
const wrongVersionCodes: readonly unknown[] = [1, 0x84];
/** PUBACK of MQTT 5: taken, and nobody was there to hear it. */
const noSubscribers = 0x10;

export type PublishEnd = 'acknowledged' | 'nobody-listens' | 'refused' | 'lost';

/**
 * One connection to a broker, from its start to its end. It is never mended: what was on its way is gone with it, so
 * that nothing old can be sent over the next one.
 */
export class MqttLink {
  readonly #client: mqtt.MqttClient;
  readonly #lost: Promise<'lost'>;
  #socket: Socket | null = null;
  #isReady = false;
  #isOver = false;
  /** Messages, by their ids, that the broker took although nobody listens. */
  readonly #unheard = new Set<number | undefined>();

  constructor(private readonly options: LinkOptions) {
    const { config, version, will } = options;
    const client = new mqtt.MqttClient(() => this.#connect(), {
      protocolVersion: version,
      protocolId: 'MQTT',
      clean: true,
      reconnectPeriod: 0,
      resubscribe: false,
      queueQoSZero: false,
      connectTimeout: connectTimeoutMs,
      keepalive: keepaliveS,
      clientId: `lintel-${crypto.randomUUID()}`,
      will: { topic: will.topic, payload: Buffer.from(will.payload), qos: 1, retain: true },
      ...(config.username === undefined ? {} : { username: config.username }),
      ...(config.password === undefined ? {} : { password: config.password }),
    });
    this.#client = client;
    let reason = 'connection closed';
    let isWrongVersion = false;
    client.on('connect', () => this.#subscribe());
    client.on('packetreceive', (packet) => {
      if (packet.cmd === 'puback' && packet.reasonCode === noSubscribers) this.#unheard.add(packet.messageId);
    });
    client.on('message', (topic, payload, packet) => options.onMessage(topic, payload.toString(), packet.retain));
    client.on('error', (error) => {
      reason = error.message;
      isWrongVersion ||= 'code' in error && wrongVersionCodes.includes(error.code);
      this.drop();
    });
    this.#lost = new Promise((resolve) => {
      client.on('close', () => {
        if (this.#isOver) return;
        this.#isOver = true;
        this.#isReady = false;
        resolve('lost');
        options.onEnd(reason, isWrongVersion);
      });
    });
  }

  get isReady(): boolean {
    return this.#isReady;
  }

  /** Keeps a message at the broker. */
  retain({ topic, payload }: Retained): void {
    if (this.#isReady) this.#client.publish(topic, payload, { qos: 1, retain: true });
  }

  /** Sends once, with quality of service 1. MQTT 5 brokers throw it away after `expiryS`. */
  publish(topic: string, payload: string, expiryS: number): Promise<PublishEnd> {
    const properties = this.options.version === 5 ? { properties: { messageExpiryInterval: expiryS } } : {};
    const acknowledged = new Promise<PublishEnd>((resolve) => {
      this.#client.publish(topic, payload, { qos: 1, retain: false, ...properties }, (error) => {
        if (error) resolve(this.#isReady ? 'refused' : 'lost');
        else resolve(this.#unheard.has(messageId) ? 'nobody-listens' : 'acknowledged');
      });
      const messageId = this.#client.getLastMessageId();
    });
    return Promise.race([acknowledged, this.#lost]);
  }

  /** Ends at once. The connection is reset, so that the system sends nothing more of what it still holds. */
  drop(): void {
    this.#isReady = false;
    this.#socket?.resetAndDestroy();
    this.#client.end(true);
  }

  /** Says good-bye: `last` is kept at the broker, then the connection ends. */
  async close(last: Retained): Promise<void> {
    if (!this.#isReady) {
      this.drop();
      return;
    }
    await Promise.race([new Promise((resolve) => this.#client.publish(last.topic, last.payload, { qos: 1, retain: true }, resolve)), this.#lost, pause(1000)]);
    this.#client.end();
    await Promise.race([this.#lost, pause(1000)]);
    this.drop();
  }

  #subscribe(): void {
    const ready = () => {
      this.#isReady = true;
      this.options.onReady();
    };
    const { topics } = this.options;
    if (topics.length === 0) {
      ready();
      return;
    }
    this.#client.subscribe([...topics], { qos: 1 }, (error, granted) => {
      const isGranted = !error && (granted ?? []).every(({ qos }) => qos < 128);
      if (isGranted) ready();
      else this.drop();
    });
  }

  /** An own socket under TLS, too: only a plain one can be reset. */
  #connect() {
    const { config, authorityPem } = this.options;
    const { protocol, hostname, port } = new URL(config.url);
    const host = hostname.replace(/^\[|\]$/g, '');
    const isSecure = protocol === 'mqtts:';
    const socket = connectTcp({ host, port: port === '' ? (isSecure ? 8883 : 1883) : Number(port) });
    this.#socket = socket;
    if (!isSecure) return socket;
    const ca = authorityPem === null ? {} : { ca: [...rootCertificates, authorityPem] };
    const secure = connectTls({ socket, ...(isIP(host) === 0 ? { servername: host } : { host }), minVersion: 'TLSv1.2', ...ca });
    socket.on('error', (error) => secure.destroy(error));
    return secure;
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms).unref();
  });
}
