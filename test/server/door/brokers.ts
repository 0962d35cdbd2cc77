import type { Server, Socket } from 'node:net';
import { connect, createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { Aedes } from 'aedes';

/** What a broker saw published by its clients. */
export interface Published {
  readonly topic: string;
  readonly payload: string;
  readonly qos: number;
  readonly retain: boolean;
}

export interface Broker {
  readonly port: number;
  readonly published: Published[];
  /** Publishes as a device does. */
  publish(topic: string, payload: string, retain?: boolean): Promise<void>;
  /** Called for each published message, before it is acknowledged. */
  onPublished: (message: Published) => void;
  close(): Promise<void>;
}

export interface BrokerOptions {
  /** 0 for a free one. */
  readonly port?: number;
  /** With a pair the broker speaks TLS. */
  readonly tls?: { readonly cert: string; readonly key: string };
  /** Who may connect; everybody without it. */
  readonly login?: { readonly username: string; readonly password: string };
}

/** A real broker (MQTT 3.1.1). */
export async function startBroker({ port = 0, tls, login }: BrokerOptions = {}): Promise<Broker> {
  const aedes = await Aedes.createBroker({
    authenticate: (_client, username, password, done) => done(null, !login || (username === login.username && password?.toString() === login.password)),
  });
  const handle = (socket: Socket) => void aedes.handle(socket);
  const server = tls ? createTlsServer(tls, handle) : createServer(handle);
  const sockets = socketsOf(server);
  await listening(server, port);
  const broker: Broker = {
    port: (server.address() as AddressInfo).port,
    published: [],
    onPublished: () => undefined,
    publish: (topic, payload, retain = false) =>
      new Promise((resolve, reject) => {
        aedes.publish({ cmd: 'publish', topic, payload: Buffer.from(payload), qos: 1, retain, dup: false }, (error) => (error ? reject(error) : resolve()));
      }),
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
      await new Promise<void>((resolve) => aedes.close(resolve));
    },
  };
  aedes.on('publish', (packet, client) => {
    if (!client) return;
    const message = { topic: packet.topic, payload: packet.payload.toString(), qos: packet.qos, retain: packet.retain };
    broker.published.push(message);
    broker.onPublished(message);
  });
  return broker;
}

export interface Wire {
  readonly port: number;
  /** What the client sends goes nowhere from now on, or goes on. */
  setCut(isCut: boolean): void;
  /** Ends every connection. */
  hangUp(): void;
  close(): Promise<void>;
}

/** A network between client and broker that the test can cut. */
export async function wireTo(brokerPort: () => number): Promise<Wire> {
  let isCut = false;
  const server = createServer((near) => {
    const far = connect(brokerPort(), '127.0.0.1');
    for (const [one, two] of [[near, far], [far, near]] as const) {
      one.on('data', (data) => {
        if (!isCut) two.write(data);
      });
      one.on('error', () => two.destroy());
      one.on('close', () => two.destroy());
    }
  });
  const sockets = socketsOf(server);
  await listening(server, 0);
  const hangUp = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    port: (server.address() as AddressInfo).port,
    setCut: (cut) => (isCut = cut),
    hangUp,
    close: async () => {
      hangUp();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** One message as MQTT 5 has it. */
export interface Published5 extends Published {
  /** Seconds after which a broker throws it away; null where the message says none. */
  readonly expiryS: number | null;
}

/**
 * As much of an MQTT 5 broker as a publishing client needs. It acknowledges with `reason`: 0x10 says that nobody
 * listens, 0x87 that the client may not.
 * Ref: MQTT 5.0, 3.1 to 3.4
 */
export async function startBroker5(): Promise<{ readonly port: number; readonly published: Published5[]; reason: number; close(): Promise<void> }> {
  const server = createServer((socket) => {
    let held = Buffer.alloc(0);
    socket.on('error', () => undefined);
    socket.on('data', (data) => {
      held = Buffer.concat([held, data]);
      for (let packet = firstPacket(held); packet; packet = firstPacket(held)) {
        held = held.subarray(packet.bytes);
        answer(socket, packet.head, packet.body);
      }
    });
  });
  const sockets = socketsOf(server);
  await listening(server, 0);
  const broker = {
    port: (server.address() as AddressInfo).port,
    published: [] as Published5[],
    reason: 0,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  function answer(socket: Socket, head: number, body: Buffer): void {
    if (head >> 4 === 1) socket.write(Buffer.from([0x20, 3, 0, body[6] === 5 ? 0 : 0x84, 0]));
    if (head >> 4 === 12) socket.write(Buffer.from([0xd0, 0]));
    if (head >> 4 !== 3) return;
    const topicEnd = 2 + body.readUInt16BE(0);
    const id = body.subarray(topicEnd, topicEnd + 2);
    const propertyBytes = body[topicEnd + 2] ?? 0;
    const expiryS = propertyBytes === 5 && body[topicEnd + 3] === 2 ? body.readUInt32BE(topicEnd + 4) : null;
    const payload = body.subarray(topicEnd + 3 + propertyBytes).toString();
    broker.published.push({ topic: body.subarray(2, topicEnd).toString(), payload, qos: (head >> 1) & 3, retain: (head & 1) === 1, expiryS });
    socket.write(Buffer.from([0x40, 4, ...id, broker.reason, 0]));
  }
  return broker;
}

/** The first whole packet in some bytes: its first byte, what follows its length, and how long it is in all. */
function firstPacket(bytes: Buffer): { head: number; body: Buffer; bytes: number } | null {
  let length = 0;
  for (let at = 1; at < Math.min(5, bytes.length); at++) {
    const digit = bytes[at] ?? 0;
    length += (digit & 127) * 128 ** (at - 1);
    if (digit >= 128) continue;
    const end = at + 1 + length;
    return bytes.length < end ? null : { head: bytes[0] ?? 0, body: bytes.subarray(at + 1, end), bytes: end };
  }
  return null;
}

function socketsOf(server: Server): Set<Socket> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  return sockets;
}

function listening(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
}
