import type { ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { seededRandom } from '../../../src/base/index.ts';
import type { PairedDoor, PulseOutcome, PulseRequest } from '../../../src/doorlink/index.ts';
import { doorPaths, newSigningKeys, pulseMessage, signPulse, writeSigned } from '../../../src/doorlink/index.ts';
import type { DoorBench } from './bench.ts';
import { doorBench } from './bench.ts';

const orders = 1000;
const kiosks = 8;
/** Short lives make slow receivers cheap to wait for. */
const lifeMs = 300;

type Receiving = 'takes' | 'refuses' | 'hangs up' | 'is slow' | 'is gone';

/** A relay controller that writes down every order it got, whatever it then does. */
async function startReceiver() {
  const record: { decisionId: string; receiving: Receiving }[] = [];
  const state = { receiving: 'takes' as Receiving };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.once('end', () => {
      const { decisionId } = JSON.parse(Buffer.concat(chunks).toString()) as { decisionId: string };
      record.push({ decisionId, receiving: state.receiving });
      answer(state.receiving, response);
    });
  });
  const answer = (receiving: Receiving, response: ServerResponse) => {
    if (receiving === 'takes') response.writeHead(200).end();
    else if (receiving === 'refuses') response.writeHead(503).end();
    else if (receiving === 'hangs up') response.destroy();
  };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const close = () => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  };
  const setReceiving = async (receiving: Receiving) => {
    if (receiving === 'is gone' && state.receiving !== 'is gone') await close();
    if (receiving !== 'is gone' && state.receiving === 'is gone') await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    state.receiving = receiving;
  };
  return { record, url: `http://127.0.0.1:${port}/`, state, setReceiving, close };
}

/** Sends to the bridge; null when it did not answer. */
async function sent(bench: DoorBench, path: string, body: string | Uint8Array<ArrayBuffer>, signal?: AbortSignal): Promise<unknown> {
  const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body, ...(signal ? { signal } : {}) };
  try {
    const text = await (await fetch(`http://127.0.0.1:${bench.site().port}${path}`, init)).text();
    return JSON.parse((JSON.parse(text) as { message?: string }).message ?? '{}') as unknown;
  } catch {
    return null;
  }
}

it(`never opens without a valid message, never twice for one decision: ${orders} random orders`, { timeout: 300_000 }, async () => {
  const random = seededRandom(20_261_125);
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)] as T;
  const receiver = await startReceiver();
  const bench = await doorBench();
  const output = { kind: 'webhook', url: receiver.url, secret: 'a secret of the receiver' };
  await bench.start(output);
  const doors: PairedDoor[] = [];
  for (let at = 0; at < kiosks; at++) doors.push(await bench.pair(`Tablet ${at}`));
  const stranger = await newSigningKeys();

  /** Decisions for which a paired kiosk signed a message that was whole, new and in time. */
  const valid = new Set<string>();
  const opened = new Map<string, number>();
  const counts: Record<string, number> = {};
  const wires: string[] = [];
  const missed: Record<string, number> = {};

  const challenged = async (door: PairedDoor): Promise<PulseRequest> => {
    const wire = await writeSigned('kiosk', door.privateKey, { kind: 'challenge', kioskId: door.kioskId, doorId: door.doorId, nonce: 'n' });
    const said = (await sent(bench, doorPaths.challenge, wire)) as { challenge?: string; lastCounter?: number } | null;
    const message = pulseMessage(door, crypto.randomUUID(), said?.challenge ?? 'none', (said?.lastCounter ?? 0) + 1, Date.now() + pick([0, 3_600_000, -3_600_000]));
    return { ...message, expiresAtMs: message.issuedAtMs + lifeMs };
  };
  const heard = (message: PulseRequest, said: unknown): PulseOutcome | null => {
    const result = (said as { result?: PulseOutcome } | null)?.result ?? null;
    if (result?.outcome === 'opened') opened.set(message.decisionId, (opened.get(message.decisionId) ?? 0) + 1);
    return result;
  };
  const ask = async (door: PairedDoor, message: PulseRequest, signal?: AbortSignal): Promise<PulseOutcome | null> => {
    const wire = await signPulse(door, message);
    wires.push(wire);
    return heard(message, await sent(bench, doorPaths.pulse, wire, signal));
  };

  const note = (result: PulseOutcome | null) => {
    const code = result && 'code' in result ? result.code : 'no answer';
    missed[code] = (missed[code] ?? 0) + 1;
  };

  const kinds: Readonly<Record<string, (door: PairedDoor) => Promise<void>>> = {
    valid: async (door) => {
      const message = await challenged(door);
      valid.add(message.decisionId);
      const result = await ask(door, message);
      if (receiver.state.receiving === 'takes' && result?.outcome !== 'opened') note(result);
    },
    'asked again': async (door) => {
      const message = await challenged(door);
      valid.add(message.decisionId);
      await ask(door, message);
      const again = await challenged(door);
      await ask(door, { ...again, decisionId: message.decisionId });
    },
    'asked at once': async (door) => {
      const [one, two] = await Promise.all([challenged(door), challenged(door)]);
      valid.add(one.decisionId);
      await Promise.all([ask(door, one), ask(door, { ...two, decisionId: one.decisionId, counter: two.counter + pick([0, 1]) })]);
    },
    replayed: async () => {
      const wire = pick(wires);
      if (wire) heard(JSON.parse((JSON.parse(wire) as { message: string }).message) as PulseRequest, await sent(bench, doorPaths.pulse, wire));
    },
    'replayed at once': async (door) => {
      const message = await challenged(door);
      valid.add(message.decisionId);
      const wire = await signPulse(door, message);
      for (const said of await Promise.all([1, 2, 3].map(() => sent(bench, doorPaths.pulse, wire)))) heard(message, said);
    },
    altered: async (door) => {
      const bytes = new TextEncoder().encode(await signPulse(door, await challenged(door)));
      const at = Math.floor(random() * bytes.length);
      bytes[at] = (bytes[at] ?? 0) ^ (1 << Math.floor(random() * 8));
      await sent(bench, doorPaths.pulse, bytes);
    },
    'of a stranger': async (door) => {
      const message = await challenged(door);
      await ask({ ...door, privateKey: stranger.privateKey }, pick([message, { ...message, kioskId: 'A'.repeat(22) }]));
    },
    "with another's challenge": async (door) => {
      const message = await challenged(door);
      const another = doors[(doors.indexOf(door) + 1) % kiosks] ?? door;
      await ask(another, { ...message, kioskId: another.kioskId });
    },
    'out of time': async (door) => {
      const message = await challenged(door);
      await ask(door, { ...message, expiresAtMs: Math.max(0, message.issuedAtMs + pick([0, -5, 2001, 1e9])) });
    },
    late: async (door) => {
      const message = await challenged(door);
      await new Promise((resolve) => setTimeout(resolve, lifeMs + 20));
      await ask(door, message);
    },
    'of an old counter': async (door) => {
      const message = await challenged(door);
      await ask(door, { ...message, counter: Math.max(1, message.counter - 1 - Math.floor(random() * 3)) });
      if (message.counter === 1) valid.add(message.decisionId);
    },
    'left alone': async (door) => {
      const message = await challenged(door);
      valid.add(message.decisionId);
      const leaving = new AbortController();
      setTimeout(() => leaving.abort(), random() * 8);
      await ask(door, message, leaving.signal);
    },
    'cut by a restart': async (door) => {
      const message = await challenged(door);
      await bench.start(output);
      await ask(door, message);
    },
  };
  // What takes longest has the smallest share.
  const names = Object.keys(kinds).flatMap((kind) => Array.from({ length: kind === 'valid' ? 8 : kind === 'cut by a restart' || kind === 'late' ? 1 : 3 }, () => kind));

  for (let at = 0; at < orders; at++) {
    if (random() < 0.2) await receiver.setReceiving(pick(['takes', 'takes', 'takes', 'refuses', 'hangs up', 'is slow', 'is gone']));
    const kind = pick(names);
    counts[kind] = (counts[kind] ?? 0) + 1;
    await kinds[kind]?.(pick(doors));
  }

  const times = new Map<string, number>();
  for (const { decisionId } of receiver.record) times.set(decisionId, (times.get(decisionId) ?? 0) + 1);
  expect([...times.keys()].filter((decisionId) => !valid.has(decisionId))).toEqual([]);
  expect([...times].filter(([, count]) => count > 1)).toEqual([]);
  const taken = new Set(receiver.record.filter(({ receiving }) => receiving === 'takes').map(({ decisionId }) => decisionId));
  expect([...opened].filter(([decisionId, count]) => count > 1 || !taken.has(decisionId))).toEqual([]);
  console.log(`${orders} orders of ${Object.keys(counts).length} kinds: ${receiver.record.length} reached the relay, ${opened.size} opened; good ones that did not open: ${JSON.stringify(missed)}`);
  expect(opened.size).toBeGreaterThan(orders / 8);
  await bench.remove();
  if (receiver.state.receiving !== 'is gone') await receiver.close();
});
