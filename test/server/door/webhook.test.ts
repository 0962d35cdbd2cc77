import { createHmac } from 'node:crypto';
import type { IncomingMessage, RequestListener, Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PairedDoor } from '../../../src/doorlink/index.ts';
import type { DoorBench } from './bench.ts';
import { doorBench, pulsed, until } from './bench.ts';

const secret = 'a secret of the receiver';

interface Received {
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** A relay controller that listens for orders, as one in a cupboard does. */
let receiver: Server;
let received: Received[];
let answer: RequestListener;
let sensed: string;
let bench: DoorBench;
let door: PairedDoor;

beforeEach(async () => {
  received = [];
  sensed = 'closed';
  answer = (_request, response) => response.writeHead(204).end();
  receiver = createServer((request, response) => {
    if (request.method === 'GET') {
      response.end(sensed);
      return;
    }
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.once('end', () => {
      received.push({ path: request.url ?? '', headers: request.headers, body: Buffer.concat(chunks).toString() });
      answer(request, response);
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  bench = await doorBench();
  await bench.start(output());
  door = await bench.pair();
});
afterEach(async () => {
  await bench.remove();
  receiver.closeAllConnections();
  await new Promise((resolve) => receiver.close(resolve));
});

const url = (path: string) => `http://127.0.0.1:${(receiver.address() as AddressInfo).port}${path}`;

function output(more: object = {}): object {
  return { kind: 'webhook', url: url('/open'), secret, ...more };
}

describe('the webhook', () => {
  it('posts the order with a signature that the receiver can check', async () => {
    expect(await pulsed(bench, door, 'd1')).toEqual({ outcome: 'opened', confirmedBy: 'receiver' });
    const [order] = received;
    expect(order?.path).toBe('/open');
    const timestamp = String(order?.headers['x-lintel-timestamp']);
    expect(Math.abs(Number(timestamp) - Date.now() / 1000)).toBeLessThan(30);
    const expected = createHmac('sha256', secret).update(`${timestamp}.${order?.body}`).digest('hex');
    expect(order?.headers['x-lintel-signature']).toBe(`sha256=${expected}`);
    const body = JSON.parse(order?.body ?? '') as { expiresAtMs: number };
    expect(body).toMatchObject({ event: 'open', doorId: 'front', kioskId: door.kioskId, decisionId: 'd1' });
    expect(body.expiresAtMs - Number(timestamp) * 1000).toBeLessThanOrEqual(3000);
  });

  it.each([301, 302, 307, 308])('takes a redirect with %i for a no, and follows it nowhere', async (status) => {
    answer = (request, response) => response.writeHead(request.url === '/open' ? status : 204, { location: url('/elsewhere') }).end();
    expect(await pulsed(bench, door, 'd1')).toEqual({ outcome: 'refused', code: 'output-refused' });
    expect(received.map(({ path }) => path)).toEqual(['/open']);
  });

  it.each([400, 401, 404, 500, 503])('takes %i for a no', async (status) => {
    answer = (_request, response) => response.writeHead(status).end();
    expect(await pulsed(bench, door, 'd1')).toEqual({ outcome: 'refused', code: 'output-refused' });
  });

  it('does not say opened when the receiver is slow, or hangs up', async () => {
    answer = () => undefined;
    expect(await pulsed(bench, door, 'd1')).toEqual({ outcome: 'unknown', code: 'output-timeout' });
    answer = (request) => request.socket.destroy();
    expect(await pulsed(bench, door, 'd2')).toEqual({ outcome: 'unknown', code: 'output-lost' });
    answer = (_request, response) => response.writeHead(200).end();
    expect(await pulsed(bench, door, 'd1')).toEqual({ outcome: 'refused', code: 'decision-used' });
    expect(await pulsed(bench, door, 'd3')).toMatchObject({ outcome: 'opened' });
    expect(received).toHaveLength(3);
  });

  it('says offline when nobody listens, and brings nothing later', async () => {
    const { port } = receiver.address() as AddressInfo;
    receiver.closeAllConnections();
    await new Promise((resolve) => receiver.close(resolve));
    expect(await pulsed(bench, door, 'd1')).toEqual({ outcome: 'refused', code: 'output-offline' });
    await new Promise<void>((resolve) => receiver.listen(port, '127.0.0.1', resolve));
    expect(await pulsed(bench, door, 'd2')).toMatchObject({ outcome: 'opened' });
    expect(received.map(({ body }) => (JSON.parse(body) as { decisionId: string }).decisionId)).toEqual(['d2']);
  });

  it('reads the state of the door where the receiver has a sensor', async () => {
    await bench.start(output({ state: { url: url('/sensor'), everyMs: 200 } }));
    const state = () => bench.site().door.state();
    await until(() => state() === 'closed', 'closed');
    sensed = ' OPEN\n';
    await until(() => state() === 'open', 'open');
    sensed = 'ajar';
    await until(() => state() === 'unknown', 'unknown');
    sensed = 'closed';
    await until(() => state() === 'closed', 'closed again');
    sensed = `closed${' '.repeat(100_000)}`;
    await until(() => state() === 'unknown', 'unknown for what is no state');
  });
});
