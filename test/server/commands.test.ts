import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { duration, isInstalled, nodeTooOld, root, run, sourcesHash } from '../../tools/install.mjs';
import { added, noTests, totalsOf } from '../../tools/test-totals.mjs';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lintel-tools-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function put(path: string, content: unknown): Promise<void> {
  const file = join(folder, path);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, typeof content === 'string' ? content : JSON.stringify(content));
}

describe('whether packages are installed', () => {
  const wanted = { packages: { '': {}, 'node_modules/lit': { version: '3.3.3' }, 'node_modules/fsevents': { version: '2.3.3', optional: true } } };

  it('needs every package at its version; optional ones may be missing', async () => {
    await put('package-lock.json', wanted);
    expect(isInstalled(folder)).toBe(false);
    await put('node_modules/.package-lock.json', { packages: { 'node_modules/lit': { version: '3.3.2' } } });
    expect(isInstalled(folder)).toBe(false);
    await put('node_modules/.package-lock.json', { packages: { 'node_modules/lit': { version: '3.3.3' } } });
    expect(isInstalled(folder)).toBe(true);
  });

  it('counts an install that was cut short as missing', async () => {
    await put('package-lock.json', wanted);
    await put('node_modules/.package-lock.json', '{"packages": {"node_mod');
    expect(isInstalled(folder)).toBe(false);
  });
});

describe('whether the build is fresh', () => {
  it('changes with a name or a byte of what the app is built from, and with nothing else', async () => {
    await put('src/ui/main.ts', 'a');
    await put('index.html', 'b');
    const hashes = [sourcesHash(folder)];
    for (const [path, content] of [
      ['src/ui/main.ts', 'A'],
      ['src/ui/more.ts', ''],
      ['public/icon.svg', 'c'],
      ['package-lock.json', '{}'],
    ] as const) {
      await put(path, content);
      hashes.push(sourcesHash(folder));
    }
    expect(new Set(hashes).size).toBe(hashes.length);
    await put('src/server/main.ts', 'd');
    await put('README.md', 'e');
    expect(sourcesHash(folder)).toBe(hashes.at(-1));
  });
});

describe('what the test runners report', () => {
  it('adds vitest and Playwright up', async () => {
    await put('unit.json', { numTotalTests: 5, numPassedTests: 3, numFailedTests: 1, numPendingTests: 1, numTodoTests: 0 });
    await put('e2e.json', { stats: { expected: 4, unexpected: 1, flaky: 1, skipped: 2 } });
    const totals = added(totalsOf(join(folder, 'unit.json')), totalsOf(join(folder, 'e2e.json')));
    expect(totals).toEqual({ passed: 8, failed: 2, skipped: 3, flaky: 1 });
    expect(totalsOf(join(folder, 'missing.json'))).toEqual(noTests);
  });
});

it('knows a Node that is too old', () => {
  for (const old of ['18.20.0', '20.18.3']) expect(nodeTooOld(old)).toContain(old);
  for (const enough of ['20.19.0', '22.1.0', process.versions.node]) expect(nodeTooOld(enough)).toBeNull();
});

it('writes durations for people', () => {
  expect([850, 12_340, 125_000].map(duration)).toEqual(['850 ms', '12.3 s', '2 min 5 s']);
});

it('runs a program to its exit code, and stops one that takes too long', async () => {
  const node = (script: string, timeoutMs = 0) => run(process.execPath, ['-e', script], { silent: true, timeoutMs });
  expect(await node('process.exit(3)')).toBe(3);
  expect(await node('setInterval(() => {}, 1000)', 300)).toBe(124);
  expect(await run(join(folder, 'no-such-program'), [], { silent: true })).toBe(127);
});

describe('npm start', () => {
  interface Ended {
    readonly code: number | null;
    readonly output: string;
  }

  /** Runs the command; `onOutput` sees all that was written so far. */
  function start(args: readonly string[], onOutput?: (output: string, stop: () => void) => void): Promise<Ended> {
    return new Promise((resolve) => {
      const child = spawn(process.execPath, [join(root, 'tools', 'start.mjs'), ...args], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
      let output = '';
      const collect = (chunk: Buffer) => {
        output += chunk.toString();
        onOutput?.(output, () => child.kill('SIGTERM'));
      };
      child.stdout.on('data', collect);
      child.stderr.on('data', collect);
      child.once('close', (code) => resolve({ code, output }));
    });
  }

  it('explains its options', async () => {
    const { code, output } = await start(['--help']);
    expect(code).toBe(0);
    for (const option of ['--port', '--host', '--lan', '--cert', '--key', '--no-build']) expect(output).toContain(option);
  });

  it.each([
    [['--port', '99999'], /99999 is no port/],
    [['--cert', 'a.crt'], /go together/],
    [['--nonsense'], /nonsense/],
  ])('refuses %j with a reason', async (args, reason) => {
    const { code, output } = await start(['--no-build', ...args]);
    expect(code).toBe(2);
    expect(output).toMatch(reason);
  });
});
