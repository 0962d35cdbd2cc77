import { chmod, readdir, stat, writeFile } from 'node:fs/promises';
import { request } from 'node:https';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DoorFetch, DoorState, PairedDoor } from '../../../src/doorlink/index.ts';
import { doorPaths, newSigningKeys, openBridgeDoor, pairWithBridge, pulseMessage, requestPulse, signPulse, watchDoor, writeSigned } from '../../../src/doorlink/index.ts';
import { kioskRegistry } from '../../../src/server/door/index.ts';
import { serve } from '../../../src/server/index.ts';
import type { DoorBench } from './bench.ts';
import { doorBench, pulsed, until } from './bench.ts';

let bench: DoorBench;
beforeEach(async () => {
  bench = await doorBench();
  await bench.start();
});
afterEach(() => bench.remove());

/** Posts as no page would: any text, any type. */
async function posted(path: string, body: string, type = 'application/json'): Promise<{ status: number; text: string }> {
  const answer = await fetch(`http://127.0.0.1:${bench.site().port}${path}`, { method: 'POST', headers: { 'content-type': type }, body });
  return { status: answer.status, text: await answer.text() };
}

/** What the bridge said, unsigned and unchecked. */
function saidIn(wire: string): unknown {
  return JSON.parse((JSON.parse(wire) as { message: string }).message) as unknown;
}

/** A fresh challenge, as a page gets it. */
async function challengeFor(door: PairedDoor): Promise<{ challenge: string; lastCounter: number }> {
  const wire = await writeSigned('kiosk', door.privateKey, { kind: 'challenge', kioskId: door.kioskId, doorId: door.doorId, nonce: 'n' });
  return saidIn((await posted(doorPaths.challenge, wire)).text) as { challenge: string; lastCounter: number };
}

const other = (code: string) => (code.startsWith('A') ? code.replace('A', 'B') : code.replace(/^./, 'A'));

describe('pairing', () => {
  it('lets in who knows the code, once, and keeps it private', async () => {
    const code = bench.site().door.newCode();
    const paired = await pairWithBridge(bench.fetch, ` ${code.toLowerCase().replace('-', ' ')}`, 'Hall tablet');
    expect(paired).toMatchObject({ ok: true, value: { doorId: 'front', doorName: 'Front door' } });
    expect(await bench.site().door.kiosks()).toMatchObject([{ name: 'Hall tablet' }]);
    expect(await pairWithBridge(bench.fetch, code, 'Second')).toMatchObject({ failure: { code: 'pairing-closed' } });
    if (process.platform === 'win32') return;
    const files = (await readdir(join(bench.folder, 'data'), { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
    expect(files).toHaveLength(3);
    for (const file of files) expect((await stat(join(file.parentPath, file.name))).mode & 0o777).toBe(0o600);
  });

  it('is closed while no code is shown', async () => {
    expect(await pairWithBridge(bench.fetch, 'ABCD-EFGH', 'x')).toMatchObject({ failure: { code: 'pairing-closed' } });
    expect(await pairWithBridge(bench.fetch, 'ABCD', 'x')).toMatchObject({ failure: { code: 'not-a-code' } });
  });

  it('ends a code after three wrong tries, also when they come at once, and shows another', async () => {
    const code = bench.site().door.newCode();
    const tries = await Promise.all([1, 2, 3, 4, 5].map(() => pairWithBridge(bench.fetch, other(code), 'x')));
    const codes = tries.map((tried) => (tried.ok ? 'paired' : tried.failure.code)).sort();
    expect(codes.filter((each) => each === 'code-spent').length).toBeGreaterThan(0);
    expect(codes).not.toContain('paired');
    expect(await pairWithBridge(bench.fetch, code, 'x')).toMatchObject({ ok: false });
    const shown = bench.lines.flatMap((line) => /new pairing code is (\S+)/.exec(line)?.[1] ?? []);
    expect(await pairWithBridge(bench.fetch, shown.at(-1) ?? '', 'Late but right')).toMatchObject({ ok: true });
  });

  it('pairs with no bridge that does not know the code', async () => {
    const code = bench.site().door.newCode();
    const proofOfAnother: DoorFetch = async (path, init) => {
      const answer = await bench.fetch(path, init);
      const text = (await answer.text()).replace(/"proof":"./, (start) => `${start.slice(0, -1)}${start.endsWith('A') ? 'B' : 'A'}`);
      return { status: answer.status, text: () => Promise.resolve(text) };
    };
    expect(await pairWithBridge(proofOfAnother, code, 'x')).toMatchObject({ failure: { code: 'bridge-unproven' } });
  });

  it('notices a key that was exchanged on the way', async () => {
    const code = bench.site().door.newCode();
    const { publicKey } = await newSigningKeys();
    const exchanging: DoorFetch = async (path, init) => {
      const answer = await bench.fetch(path, init);
      const text = (await answer.text()).replace(/"bridgeKey":"[\w-]+"/, `"bridgeKey":"${publicKey}"`);
      return { status: answer.status, text: () => Promise.resolve(text) };
    };
    expect(await pairWithBridge(exchanging, code, 'x')).toMatchObject({ failure: { code: 'wrong-code' } });
  });
});

describe('a pulse', () => {
  let door: PairedDoor;
  beforeEach(async () => {
    door = await bench.pair();
  });

  it('opens once for a decision, and says who confirmed it', async () => {
    expect(await pulsed(bench, door, 'd1')).toEqual({ outcome: 'opened', confirmedBy: 'simulator' });
    expect(await pulsed(bench, door, 'd1')).toEqual({ outcome: 'refused', code: 'decision-used' });
    expect(await pulsed(bench, door, 'd2')).toMatchObject({ outcome: 'opened' });
    expect(await bench.record()).toMatchObject([{ decisionId: 'd1', kioskId: door.kioskId }, { decisionId: 'd2' }]);
  });

  it.each([-3_600_000, 3_600_000])('opens although the clock of the kiosk is off by %i ms', async (offMs) => {
    expect(await pulsed(bench, door, 'd1', () => Date.now() + offMs)).toMatchObject({ outcome: 'opened' });
  });

  it('is never carried out twice: the same bytes again, or the same challenge signed again', async () => {
    const { challenge } = await challengeFor(door);
    const wire = await signPulse(door, pulseMessage(door, 'd1', challenge, 1, 0));
    expect(saidIn((await posted(doorPaths.pulse, wire)).text)).toMatchObject({ result: { outcome: 'opened' } });
    for (const again of [wire, await signPulse(door, pulseMessage(door, 'd2', challenge, 2, 0))]) {
      expect(saidIn((await posted(doorPaths.pulse, again)).text)).toMatchObject({ result: { outcome: 'refused', code: 'stale-challenge' } });
    }
    expect(await bench.record()).toHaveLength(1);
  });

  it('needs a counter above all before', async () => {
    await pulsed(bench, door, 'd1');
    const { challenge, lastCounter } = await challengeFor(door);
    expect(lastCounter).toBe(1);
    const wire = await signPulse(door, pulseMessage(door, 'd2', challenge, 1, 0));
    expect(saidIn((await posted(doorPaths.pulse, wire)).text)).toMatchObject({ result: { code: 'replayed' } });
  });

  it('is dead two seconds after its challenge, and earlier where it says so', async () => {
    const { challenge } = await challengeFor(door);
    const late = await signPulse(door, pulseMessage(door, 'd1', challenge, 1, 0));
    const short = async (lifeMs: number) => {
      const fresh = await challengeFor(door);
      return signPulse(door, { ...pulseMessage(door, 'd2', fresh.challenge, 1, 0), issuedAtMs: 5000, expiresAtMs: 5000 + lifeMs });
    };
    for (const lifeMs of [-1, 0, 2001]) {
      expect(saidIn((await posted(doorPaths.pulse, await short(lifeMs))).text), String(lifeMs)).toMatchObject({ result: { code: 'expired' } });
    }
    await new Promise((resolve) => setTimeout(resolve, 2100));
    expect(saidIn((await posted(doorPaths.pulse, late)).text)).toMatchObject({ result: { code: 'expired' } });
    expect(await bench.record()).toEqual([]);
  });

  it('is refused from a kiosk that is not paired, with another key, or for another door', async () => {
    const { privateKey } = await newSigningKeys();
    const cases = [
      [{ ...door, kioskId: 'A'.repeat(22) }, 'unknown-kiosk'],
      [{ ...door, kioskId: '..' }, 'bad-message'],
      [{ ...door, privateKey }, 'bad-signature'],
      [{ ...door, doorId: 'back' }, 'other-door'],
    ] as const;
    for (const [stranger, code] of cases) expect(await pulsed(bench, stranger, 'd1')).toEqual({ outcome: 'refused', code });
    expect(await bench.record()).toEqual([]);
  });

  it('is refused as soon as the kiosk is revoked, by another process too', async () => {
    expect(await pulsed(bench, door, 'd1')).toMatchObject({ outcome: 'opened' });
    expect(await kioskRegistry(join(bench.folder, 'data'), 'front').revoke(door.kioskId)).toBe(true);
    expect(await pulsed(bench, door, 'd2')).toEqual({ outcome: 'refused', code: 'unknown-kiosk' });
  });

  it('outlives no restart: nothing opens by it, and what was used stays used', async () => {
    await pulsed(bench, door, 'd1');
    const { challenge } = await challengeFor(door);
    const prepared = await signPulse(door, pulseMessage(door, 'd2', challenge, 2, 0));
    await bench.start();
    expect(saidIn((await posted(doorPaths.pulse, prepared)).text)).toMatchObject({ result: { code: 'stale-challenge' } });
    expect(await pulsed(bench, door, 'd1')).toEqual({ outcome: 'refused', code: 'decision-used' });
    expect(await bench.record()).toHaveLength(1);
    expect(await pulsed(bench, door, 'd3')).toMatchObject({ outcome: 'opened' });
  });

  it('needs its record on the disk: damaged or missing, nothing opens', async () => {
    const path = join(bench.folder, 'data', 'door', 'front', 'pulses', `${door.kioskId}.json`);
    await writeFile(path, '{"counter":');
    expect(await pulsed(bench, door, 'd1')).toEqual({ outcome: 'refused', code: 'not-recorded' });
    expect(await bench.record()).toEqual([]);
  });

  it.skipIf(process.getuid?.() === 0 || process.platform === 'win32')('needs a disk that takes the record', async () => {
    await chmod(join(bench.folder, 'data', 'door', 'front', 'pulses'), 0o500);
    expect(await pulsed(bench, door, 'd1')).toEqual({ outcome: 'refused', code: 'not-recorded' });
  });

  it('opens one at a time and no more often than the owner said', async () => {
    const outcomes = await Promise.all(Array.from({ length: 6 }, (_, at) => pulsed(bench, door, `at-once-${at}`)));
    const opened = outcomes.filter(({ outcome }) => outcome === 'opened');
    expect(opened.length).toBeGreaterThan(0);
    expect(await bench.record()).toHaveLength(opened.length);
    await bench.start(undefined, { pulsesPerMinute: 2 });
    const later = [await pulsed(bench, door, 'a'), await pulsed(bench, door, 'b'), await pulsed(bench, door, 'c')];
    expect(later.map((each) => ('code' in each ? each.code : each.outcome))).toEqual(['opened', 'opened', 'too-many']);
  });

  it('is believed only by an answer that the paired bridge signed to this very request', async () => {
    const heard: string[] = [];
    const replaying: DoorFetch = async (path, init) => {
      const answer = await bench.fetch(path, init);
      const text = await answer.text();
      if (path !== doorPaths.pulse) return { status: answer.status, text: () => Promise.resolve(text) };
      heard.push(text);
      return { status: 200, text: () => Promise.resolve(heard[0] ?? '') };
    };
    const options = { nowMs: () => 0, limitMs: 10_000 };
    expect(await requestPulse(replaying, door, 'd1', options)).toMatchObject({ ok: true });
    expect(await requestPulse(replaying, door, 'd1', options)).toMatchObject({ failure: { code: 'bad-answer', asked: true } });
    const { publicKey } = await newSigningKeys();
    expect(await requestPulse(bench.fetch, { ...door, bridgeKey: publicKey }, 'd3', options)).toMatchObject({ failure: { code: 'bad-answer', asked: false } });
  });

  it('is not asked for once the kiosk has called it off', async () => {
    const calling = new AbortController();
    const late: DoorFetch = async (path, init) => {
      const answer = await bench.fetch(path, init);
      const text = await answer.text();
      calling.abort();
      return { status: answer.status, text: () => Promise.resolve(text) };
    };
    const options = { nowMs: () => 0, limitMs: 10_000, signal: calling.signal };
    for (const decisionId of ['d1', 'd2']) expect(await requestPulse(late, door, decisionId, options)).toMatchObject({ failure: { asked: false } });
    expect(await bench.record()).toEqual([]);
  });

  it('says that it was never asked when the bridge is down', async () => {
    const { port } = bench.site();
    await bench.stop();
    const gone: DoorFetch = (path, init) => fetch(`http://127.0.0.1:${port}${path}`, init);
    expect(await requestPulse(gone, door, 'd1', { nowMs: () => 0 })).toMatchObject({ failure: { code: 'bridge-unreachable', asked: false } });
  });
});

describe('the state of the door', () => {
  it('comes to the kiosk as it changes: closed, open, held, closed, offline', async () => {
    await bench.start({ kind: 'simulator', recordFile: 'record.jsonl', openForMs: 2000 }, { heldAfterMs: 1000 });
    const door = await bench.pair();
    const states: DoorState[] = [];
    const stop = watchDoor(bench.fetch, door, (state) => states.push(state), { waitMs: 5000, retryMs: 50 });
    await until(() => states.length === 1, 'the first state');
    await pulsed(bench, door, 'd1');
    await until(() => states.length === 4, 'closed again');
    await bench.stop();
    await until(() => states.length === 5, 'offline');
    stop();
    expect(states).toEqual(['closed', 'open', 'held', 'closed', 'offline']);
  });

  it('is at hand with the pulse, as a kiosk needs both', async () => {
    const door = openBridgeDoor(bench.fetch, await bench.pair(), { nowMs: () => 0, limitMs: 10_000 });
    expect(door.position()).toBe('unknown');
    await until(() => door.position() === 'closed', 'closed');
    const never = new AbortController().signal;
    expect(await door.pulse('d1', never)).toEqual({ outcome: 'opened', code: 'simulator' });
    expect(await door.pulse('d1', never)).toEqual({ outcome: 'refused', code: 'decision-used' });
    expect(await door.pulse('d2', AbortSignal.abort())).toEqual({ outcome: 'refused', code: 'called-off' });
    await until(() => door.position() === 'open', 'open');
    await bench.stop();
    expect(await door.pulse('d3', never)).toMatchObject({ outcome: 'refused' });
    await until(() => door.position() === 'offline', 'offline');
    door.close();
  });

  it('makes closing the server wait for nobody', async () => {
    const door = await bench.pair();
    const stop = watchDoor(bench.fetch, door, () => undefined);
    await pulsed(bench, door, 'd1');
    const startMs = performance.now();
    await bench.stop();
    stop();
    expect(performance.now() - startMs).toBeLessThan(5000);
  });
});

it('takes pulses over https by the local authority', async () => {
  const configPath = join(bench.folder, 'door.json');
  const world = { siteFolder: bench.siteFolder, dataFolder: bench.folder, names: () => ({ hostName: 'studio', addresses: [] }), now: () => new Date() };
  const served = await serve({ port: 0, host: '127.0.0.1', mode: { kind: 'local-authority' }, door: { configPath } }, world);
  if (!served.ok) throw new Error(served.failure.detail);
  const site = served.value;
  const { port, trust } = site;
  const ca = trust?.certificates().authority.toString() ?? '';
  const secureFetch: DoorFetch = (path, { method, headers, body }) =>
    new Promise((resolve, reject) => {
      const sent = request({ host: '127.0.0.1', servername: 'localhost', port, path, method, headers: { ...headers, 'content-length': Buffer.byteLength(body) }, ca, agent: false }, (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.once('end', () => resolve({ status: answer.statusCode ?? 0, text: () => Promise.resolve(Buffer.concat(chunks).toString()) }));
      });
      sent.once('error', reject);
      sent.end(body);
    });
  try {
    const paired = await pairWithBridge(secureFetch, site.door?.newCode() ?? '', 'Tablet');
    if (!paired.ok) throw new Error(paired.failure.code);
    expect(await requestPulse(secureFetch, paired.value, 'd1', { nowMs: () => 0, limitMs: 10_000 })).toMatchObject({ value: { outcome: 'opened' } });
    expect(await bench.record()).toHaveLength(1);
  } finally {
    await site.close();
  }
});

describe('over http', () => {
  it('takes POST of bounded JSON only, and leaves the app alone', async () => {
    const at = `http://127.0.0.1:${bench.site().port}`;
    expect((await fetch(at + doorPaths.pulse)).status).toBe(405);
    expect((await fetch(`${at}/door`)).status).toBe(200);
    expect((await posted(doorPaths.pulse, '{}', 'text/plain')).status).toBe(415);
    expect((await posted(doorPaths.pulse, 'x'.repeat(5000))).status).toBe(413);
    for (const body of ['', '{', '[]', '{"message":1,"signature":""}']) expect((await posted(doorPaths.pulse, body)).status).toBe(400);
    const answer = await fetch(at + doorPaths.offer, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' });
    expect([answer.status, answer.headers.get('cache-control'), answer.headers.get('access-control-allow-origin')]).toEqual([403, 'no-store', null]);
  });

  it('serves no door by plain http to the network, nor by a file with a mistake or an open secret', async () => {
    const configPath = join(bench.folder, 'door.json');
    const world = { siteFolder: bench.folder, dataFolder: bench.folder, names: () => ({ hostName: '', addresses: [] }), now: () => new Date() };
    const served = (host: string, path = configPath) => serve({ port: 0, host, mode: { kind: 'http' }, door: { configPath: path } }, world);
    expect(await served('0.0.0.0')).toMatchObject({ failure: { code: 'door-needs-tls' } });
    expect(await served('127.0.0.1', `${configPath}.missing`)).toMatchObject({ failure: { code: 'door-config-unreadable' } });
    await writeFile(configPath, '{"doorId":"a b"}');
    expect(await served('127.0.0.1')).toMatchObject({ failure: { code: 'door-config-invalid' } });
    if (process.platform === 'win32') return;
    await writeFile(configPath, JSON.stringify({ doorId: 'a', name: 'A', output: { kind: 'webhook', url: 'http://localhost/', secret: 'x'.repeat(16) } }));
    await chmod(configPath, 0o644);
    expect(await served('127.0.0.1')).toMatchObject({ failure: { code: 'door-config-open-to-others' } });
  });
});
