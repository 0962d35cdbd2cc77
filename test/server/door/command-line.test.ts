import type { ChildProcess } from 'node:child_process';
import { execFile, spawn } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DoorFetch } from '../../../src/doorlink/index.ts';
import { pairWithBridge, requestPulse } from '../../../src/doorlink/index.ts';
import { parseOptions } from '../../../src/server/index.ts';
import type { DoorBench } from './bench.ts';
import { doorBench, pulsed, until } from './bench.ts';

const main = join(import.meta.dirname, '../../../src/server/main.ts');
const terminal = join(import.meta.dirname, '../../../src/server/door-terminal.ts');

let bench: DoorBench;
let configPath: string;
let children: ChildProcess[];
beforeEach(async () => {
  bench = await doorBench();
  configPath = join(bench.folder, 'door.json');
  children = [];
});
afterEach(async () => {
  for (const child of children) child.kill('SIGKILL');
  await bench.remove();
});

/** Runs the command as a person does, with the bench's data folder. */
async function run(...args: string[]): Promise<{ code: number; text: string }> {
  const env = { ...process.env, XDG_DATA_HOME: join(bench.folder, 'home') };
  try {
    const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', main, ...args], { env });
    return { code: 0, text: stdout };
  } catch (thrown) {
    const { code, stdout, stderr } = thrown as { code: number; stdout: string; stderr: string };
    return { code, text: stdout + stderr };
  }
}

it('reads what the command line says of a door', () => {
  expect(parseOptions(['--lan', '--door', 'door.json'])).toMatchObject({ value: { kind: 'serve', options: { door: { configPath: 'door.json' } } } });
  expect(parseOptions(['--door', 'd', '--kiosks'])).toEqual({ ok: true, value: { kind: 'list-kiosks', configPath: 'd' } });
  expect(parseOptions(['--door', 'd', '--revoke', 'k'])).toEqual({ ok: true, value: { kind: 'revoke-kiosk', configPath: 'd', kioskId: 'k' } });
});

describe.skipIf(process.platform === 'win32')('in a terminal', () => {
  it('lists the kiosks and revokes one, which a running bridge heeds at once', { timeout: 60_000 }, async () => {
    // The command keeps its things under the data folder of the person; the bench's server is pointed there.
    await bench.start(undefined, {}, join(bench.folder, 'home', 'lintel'));
    expect(await run('--door', configPath, '--kiosks')).toMatchObject({ code: 0, text: expect.stringContaining('No kiosk') as string });
    const door = await bench.pair('Hall tablet');
    expect((await run('--door', configPath, '--kiosks')).text).toMatch(new RegExp(`${door.kioskId}.*Hall tablet`));
    expect(await pulsed(bench, door, 'd1')).toMatchObject({ outcome: 'opened' });
    expect((await run('--door', configPath, '--revoke', 'unknown')).code).toBe(1);
    expect((await run('--door', configPath, '--revoke', door.kioskId)).code).toBe(0);
    expect(await pulsed(bench, door, 'd2')).toEqual({ outcome: 'refused', code: 'unknown-kiosk' });
    expect((await run('--door', join(bench.folder, 'none.json'), '--kiosks')).code).toBe(1);
  });

  it('shows a pairing code, and a new one when a service is asked by a signal', { timeout: 60_000 }, async () => {
    await bench.start();
    const service = await startService();
    expect(service.said()).toContain('The door is simulated');
    const [first = ''] = service.codes();
    service.child.kill('SIGUSR2');
    await until(() => service.codes().length === 2, 'the second code');
    const [, second = ''] = service.codes();
    expect(await pairWithBridge(service.fetch, first, 'x')).toMatchObject({ failure: { code: 'wrong-code' } });
    expect(await pairWithBridge(service.fetch, second, 'x')).toMatchObject({ ok: true });
  });

  it('carries out nothing again after it was killed in the middle of a pulse', { timeout: 60_000 }, async () => {
    const trace = join(bench.folder, 'trace.txt');
    const relay = `require('node:fs').appendFileSync(${JSON.stringify(trace)}, process.env.LINTEL_DECISION_ID + ' '); setTimeout(() => {}, 1500)`;
    await bench.start({ kind: 'command', command: [process.execPath, '-e', relay] });
    const traced = () => readFile(trace, 'utf8').catch(() => '');
    const first = await startService();
    const paired = await pairWithBridge(first.fetch, first.codes()[0] ?? '', 'x');
    if (!paired.ok) throw new Error(paired.failure.code);
    const options = { nowMs: () => 0, limitMs: 10_000 };
    const asked = requestPulse(first.fetch, paired.value, 'd1', options);
    await until(async () => (await traced()) !== '', 'the relay to be asked');
    first.child.kill('SIGKILL');
    expect(await asked).toMatchObject({ failure: { code: 'bridge-unreachable', asked: true } });
    const second = await startService();
    expect(await requestPulse(second.fetch, paired.value, 'd1', options)).toMatchObject({ value: { outcome: 'refused', code: 'decision-used' } });
    expect(await requestPulse(second.fetch, paired.value, 'd2', options)).toMatchObject({ value: { outcome: 'opened' } });
    expect(await traced()).toBe('d1 d2 ');
  });
});

/** The server in a process of its own, with the door of the bench's file and a data folder that outlives it. */
async function startService() {
  const script = join(bench.folder, 'service.mts');
  const world = JSON.stringify({ siteFolder: bench.siteFolder, dataFolder: join(bench.folder, 'service') });
  await writeFile(
    script,
    `import { serve } from ${JSON.stringify(join(main, '../serve.ts'))};
     import { attendDoor } from ${JSON.stringify(terminal)};
     const world = { ...${world}, names: () => ({ hostName: '', addresses: [] }), now: () => new Date() };
     const site = await serve({ port: 0, host: '127.0.0.1', mode: { kind: 'http' }, door: { configPath: ${JSON.stringify(configPath)} } }, world);
     if (!site.ok) throw new Error(site.failure.detail);
     console.log('port ' + site.value.port);
     await attendDoor(site.value.door);`,
  );
  const child = spawn(process.execPath, ['--import', 'tsx', script], { cwd: join(main, '../../..'), stdio: ['ignore', 'pipe', 'inherit'] });
  children.push(child);
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
  await until(() => /Door {3}.*paired/.test(said), 'the door in the terminal');
  const port = /port (\d+)/.exec(said)?.[1] ?? '';
  const fetchService: DoorFetch = (path, init) => fetch(`http://127.0.0.1:${port}${path}`, init);
  return { child, fetch: fetchService, said: () => said, codes: () => [...said.matchAll(/Pairing code +(\S{9})/g)].map(([, code = '']) => code) };
}
