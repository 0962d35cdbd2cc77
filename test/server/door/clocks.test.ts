import { readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DoorFetch, PairedDoor } from '../../../src/doorlink/index.ts';
import { doorPaths, pairWithBridge, pulseMessage, requestPulse, signPulse } from '../../../src/doorlink/index.ts';
import { parseDoorConfig } from '../../../src/server/door/config.ts';
import type { OpenDoor } from '../../../src/server/door/index.ts';
import { openDoor } from '../../../src/server/door/index.ts';

/** The two clocks of the bridge, set by the test: steady milliseconds and the date. */
const time = { steadyMs: 1e6, epochMs: 1.7e12 };

/** From the moment this decision is on record, five seconds more have passed. */
let slowDisk: string | null = null;

let folder: string;
let bridge: OpenDoor;
let door: PairedDoor;

/** Straight into the handler: no time passes but what the test lets pass. */
const fetchBridge: DoorFetch = async (path, { method, headers, body }) => {
  const readBody = () => Promise.resolve(Buffer.from(body));
  const answer = await bridge.handler({ httpsOnly: false })({ method, target: path, headers, readBody });
  return { status: answer?.status ?? 404, text: () => Promise.resolve(Buffer.from(answer?.body ?? []).toString()) };
};

beforeEach(async () => {
  Object.assign(time, { steadyMs: 1e6, epochMs: 1.7e12 });
  folder = await mkdtemp(join(tmpdir(), 'lintel-clocks-'));
  const output = { kind: 'simulator', recordFile: join(folder, 'record.jsonl') };
  const config = parseDoorConfig(JSON.stringify({ doorId: 'front', name: 'Front', pulsesPerMinute: 600, output }));
  if (!config.ok) throw new Error(config.failure.detail);
  const world = { dataFolder: folder, clock: { nowMs: () => time.steadyMs + (slowDisk !== null && recorded().includes(slowDisk) ? 5000 : 0) }, calendar: { epochMs: () => time.epochMs }, showCode: () => undefined, log: () => undefined };
  const opened = await openDoor(config.value, world);
  if (!opened.ok) throw new Error(opened.failure.detail);
  bridge = opened.value;
  const paired = await pairWithBridge(fetchBridge, bridge.newCode(), 'Tablet');
  if (!paired.ok) throw new Error(paired.failure.code);
  door = paired.value;
});
afterEach(async () => {
  await bridge.close();
  await rm(folder, { recursive: true });
});

/** What the bridge has on its disk of the kiosk's pulses. */
function recorded(): string {
  return readFileSync(join(folder, 'door', 'front', 'pulses', `${door.kioskId}.json`), 'utf8');
}

async function record(): Promise<number> {
  const text = await readFile(join(folder, 'record.jsonl'), 'utf8').catch(() => '');
  return text.split('\n').length - 1;
}

/** Asks for a pulse; `between` happens after the challenge was given and before the pulse arrives. */
async function pulsed(between: () => void, decisionId = 'd1') {
  const slow: DoorFetch = (path, init) => {
    if (path === doorPaths.pulse) between();
    return fetchBridge(path, init);
  };
  const outcome = await requestPulse(slow, door, decisionId, { nowMs: () => 0, limitMs: 10_000 });
  return outcome.ok ? outcome.value : outcome.failure;
}

describe('the life of a pulse', () => {
  it('is two seconds of the steady clock', async () => {
    expect(await pulsed(() => (time.steadyMs += 1990))).toMatchObject({ outcome: 'opened' });
    expect(await pulsed(() => (time.steadyMs += 2001), 'd2')).toEqual({ outcome: 'refused', code: 'expired' });
    expect(await record()).toBe(1);
  });

  it('is not made longer by a date that is set back', async () => {
    const back = () => {
      time.epochMs -= 3_600_000;
      time.steadyMs += 2001;
    };
    expect(await pulsed(back)).toEqual({ outcome: 'refused', code: 'expired' });
    expect(await pulsed(() => (time.epochMs -= 3_600_000), 'd2')).toMatchObject({ outcome: 'opened' });
    expect(await record()).toBe(1);
  });

  it('is over when the machine slept, or its date jumped forth', async () => {
    expect(await pulsed(() => (time.epochMs += 3_600_000))).toEqual({ outcome: 'refused', code: 'expired' });
    expect(await pulsed(() => undefined)).toMatchObject({ outcome: 'opened' });
  });

  it('is over for the output too when keeping the record took that long', async () => {
    slowDisk = 'd1';
    expect(await pulsed(() => undefined)).toEqual({ outcome: 'refused', code: 'expired' });
    expect(await record()).toBe(0);
    slowDisk = null;
    expect(await pulsed(() => undefined)).toEqual({ outcome: 'refused', code: 'decision-used' });
  });
});

it('refuses a pulse with any of its bytes altered, and takes the one that is whole', { timeout: 60_000 }, async () => {
  let wire = '';
  const holding: DoorFetch = async (path, init) => {
    if (path !== doorPaths.pulse) return fetchBridge(path, init);
    wire = init.body;
    return Promise.reject(new Error('held back'));
  };
  await requestPulse(holding, door, 'd1', { nowMs: () => 1.7e12 });
  const bytes = Buffer.from(wire);
  expect(bytes.length).toBeGreaterThan(300);
  const sent = async (body: string) => (await fetchBridge(doorPaths.pulse, { ...init, body })).text();
  for (let at = 0; at < bytes.length; at++) {
    const altered = Buffer.from(bytes);
    altered[at] = (altered[at] ?? 0) ^ (1 << at % 8);
    expect(await sent(altered.toString('latin1')), String(at)).not.toContain('opened');
    // Signed requests of one kiosk are counted in a second.
    time.steadyMs += 1;
  }
  expect(await record()).toBe(0);
  expect(await sent(wire)).toContain('opened');
  expect(await record()).toBe(1);
});

it('ends a pairing code after five minutes of either clock', async () => {
  for (const clock of ['steadyMs', 'epochMs'] as const) {
    const inTime = bridge.newCode();
    time[clock] += 299_000;
    expect(await pairWithBridge(fetchBridge, inTime, 'In time')).toMatchObject({ ok: true });
    const late = bridge.newCode();
    time[clock] += 300_001;
    expect(await pairWithBridge(fetchBridge, late, 'Late')).toMatchObject({ failure: { code: 'pairing-closed' } });
  }
});

it('limits how often one kiosk may ask', async () => {
  const message = pulseMessage(door, 'd1', 'A'.repeat(64), 1, 0);
  const answers: string[] = [];
  for (let at = 0; at < 55; at++) answers.push(await (await fetchBridge(doorPaths.pulse, { ...init, body: await signPulse(door, message) })).text());
  expect(answers.filter((text) => text.includes('too-many'))).toHaveLength(5);
  time.steadyMs += 1001;
  expect(await pulsed(() => undefined)).toMatchObject({ outcome: 'opened' });
});

const init: Parameters<DoorFetch>[1] = {
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: '',
  signal: new AbortController().signal,
  redirect: 'error',
  cache: 'no-store',
  credentials: 'omit',
};
