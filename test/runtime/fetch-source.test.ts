import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import type { AssetFile, ModelSource } from '../../src/runtime/index.ts';
import { fetchSource } from '../../src/runtime/index.ts';
import { shippedCard } from '../support/node-source.ts';

const good = Uint8Array.from({ length: 100_000 }, (_, i) => (i * 31) % 251);
const flipped = good.map((value, i) => (i === 50_000 ? value ^ 1 : value));
const name = 'weights.bin';

type Answer = (response: ServerResponse, request: IncomingMessage) => void;

interface Served {
  readonly source: ModelSource;
  /** The requests so far, each with whether it asked to go past all caches. */
  readonly requests: readonly { readonly pastCaches: boolean }[];
}

const closers: (() => void)[] = [];

afterEach(() => {
  for (const close of closers.splice(0)) close();
});

/** A real server that gives the answers in turn, the last one again and again, and a source that reads from it. */
async function serve(...answers: readonly Answer[]): Promise<Served> {
  const requests: { pastCaches: boolean }[] = [];
  const server = createServer((request, response) => {
    requests.push({ pastCaches: request.headers['cache-control'] === 'no-cache' });
    answers[Math.min(requests.length, answers.length) - 1]?.(response, request);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  closers.push(() => {
    server.close();
    server.closeAllConnections();
  });
  const { port } = server.address() as AddressInfo;
  const file: AssetFile = { name, url: `http://127.0.0.1:${port}/${name}`, bytes: good.length, sha256: createHash('sha256').update(good).digest('hex') };
  return { source: fetchSource(shippedCard('objects-centernet'), [file]), requests };
}

const send = (data: Uint8Array): Answer => (response) => response.end(data);
const once = { pastCaches: false };
const reload = { pastCaches: true };

it('reads a good file with one request and tells of every byte as it arrives', async () => {
  const { source, requests } = await serve(send(good));
  const pieces: number[] = [];
  const read = await source.read(name, (count) => pieces.push(count));
  expect(read).toEqual({ ok: true, value: good });
  expect(pieces.reduce((sum, count) => sum + count, 0)).toBe(good.length);
  expect(requests).toEqual([once]);
});

it('repairs one changed byte with a second request past all caches', async () => {
  const { source, requests } = await serve(send(flipped), send(good));
  expect(await source.read(name)).toEqual({ ok: true, value: good });
  expect(requests).toEqual([once, reload]);
});

it('reports a file that is changed twice as corrupt, by its name and both hashes', async () => {
  const { source, requests } = await serve(send(flipped));
  const read = await source.read(name);
  expect(read).toMatchObject({ ok: false, failure: { code: 'model-corrupt' } });
  const detail = read.ok ? '' : read.failure.detail;
  for (const data of [good, flipped]) expect(detail).toContain(createHash('sha256').update(data).digest('hex'));
  expect(detail).toContain(name);
  expect(requests).toEqual([once, reload]);
});

it('reports a file that ends early as corrupt', async () => {
  const { source } = await serve(send(good.slice(0, 60_000)));
  const read = await source.read(name);
  expect(read).toMatchObject({ ok: false, failure: { code: 'model-corrupt' } });
  expect(read.ok ? '' : read.failure.detail).toContain('60000 bytes');
});

it('reports a connection that breaks halfway as missing, and is repaired when the next one holds', async () => {
  const breakOff: Answer = (response) => {
    response.writeHead(200, { 'Content-Length': good.length });
    response.write(good.slice(0, 30_000), () => response.destroy());
  };
  const broken = await serve(breakOff);
  const read = await broken.source.read(name);
  expect(read).toMatchObject({ ok: false, failure: { code: 'model-missing' } });
  expect(read.ok ? '' : read.failure.detail).toContain(name);
  const repaired = await serve(breakOff, send(good));
  expect(await repaired.source.read(name)).toEqual({ ok: true, value: good });
});

it('stops reading a file that is far too long', async () => {
  let sentBytes = 0;
  let stopped = 0;
  const endless: Answer = (response) => {
    const chunk = new Uint8Array(64 * 1024);
    response.on('close', () => stopped++);
    const more = (): void => {
      if (response.destroyed) return;
      sentBytes += chunk.length;
      if (response.write(chunk)) setImmediate(more);
      else response.once('drain', more);
    };
    more();
  };
  const { source, requests } = await serve(endless);
  const read = await source.read(name);
  expect(read).toMatchObject({ ok: false, failure: { code: 'model-corrupt' } });
  expect(requests).toEqual([once, reload]);
  await expect.poll(() => stopped).toBe(2);
  expect(sentBytes, 'what the sockets buffer, and no more').toBeLessThan(64 * 2 ** 20);
});

it.each([404, 500])('reports a %i as missing, with the address', async (status) => {
  const { source, requests } = await serve((response) => {
    response.writeHead(status);
    response.end(good);
  });
  const read = await source.read(name);
  expect(read).toMatchObject({ ok: false, failure: { code: 'model-missing' } });
  expect(read.ok ? '' : read.failure.detail).toMatch(new RegExp(`${name}.*${status}`));
  expect(requests).toHaveLength(2);
});

it('reports a server that is not there as missing', async () => {
  const { source } = await serve(send(good));
  for (const close of closers.splice(0)) close();
  expect(await source.read(name)).toMatchObject({ ok: false, failure: { code: 'model-missing' } });
});

it('asks for nothing that does not ship', async () => {
  const { source, requests } = await serve(send(good));
  expect(await source.read('other.bin')).toMatchObject({ ok: false, failure: { code: 'model-missing', detail: expect.stringContaining('other.bin') as string } });
  expect(requests).toEqual([]);
});
