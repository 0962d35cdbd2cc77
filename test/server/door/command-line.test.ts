import type { ChildProcess } from 'node:child_process';
import { execFile, spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { pairWithBridge } from '../../../src/doorlink/index.ts';
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
    const folder = await mkdtemp(join(tmpdir(), 'lintel-terminal-'));
    const script = join(folder, 'service.mts');
    const world = JSON.stringify({ siteFolder: bench.siteFolder, dataFolder: folder });
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
    const codes = () => [...said.matchAll(/Pairing code +(\S{9})/g)].map(([, code = '']) => code);
    await until(() => codes().length === 1, 'the first code');
    expect(said).toContain('The door is simulated');
    child.kill('SIGUSR2');
    await until(() => codes().length === 2, 'the second code');
    const port = /port (\d+)/.exec(said)?.[1] ?? '';
    const [first = '', second = ''] = codes();
    const paired = (code: string) => pairWithBridge((path, init) => fetch(`http://127.0.0.1:${port}${path}`, init), code, 'x');
    expect(await paired(first)).toMatchObject({ failure: { code: 'wrong-code' } });
    expect(await paired(second)).toMatchObject({ ok: true });
    await rm(folder, { recursive: true });
  });
});
