import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PairedDoor } from '../../../src/doorlink/index.ts';
import type { DoorBench } from './bench.ts';
import { doorBench, pulsed, until } from './bench.ts';

let bench: DoorBench;
let door: PairedDoor;
beforeEach(async () => {
  bench = await doorBench();
  await bench.start();
  door = await bench.pair();
});
afterEach(() => bench.remove());

/** Makes the door's output a Node program with this text. */
async function programmed(text: string, ...args: string[]): Promise<void> {
  const script = join(bench.folder, 'relay.mjs');
  await writeFile(script, text);
  await bench.start({ kind: 'command', command: [process.execPath, script, ...args] });
}

const written = (name: string) => readFile(join(bench.folder, name), 'utf8').catch(() => '');

describe('the command', () => {
  it('runs with its arguments as they are, the order in its environment, and nothing else of ours', async () => {
    const report = `import { writeFileSync } from 'node:fs';
      writeFileSync(process.argv[2], JSON.stringify({ args: process.argv.slice(3), env: process.env }));`;
    await programmed(report, join(bench.folder, 'report.json'), '$(touch x); `id` && "quoted" *');
    expect(await pulsed(bench, door, 'd1')).toEqual({ outcome: 'opened', confirmedBy: 'command' });
    const { args, env } = JSON.parse(await written('report.json')) as { args: string[]; env: Record<string, string> };
    expect(args).toEqual(['$(touch x); `id` && "quoted" *']);
    expect(env).toMatchObject({ LINTEL_DOOR_ID: 'front', LINTEL_KIOSK_ID: door.kioskId, LINTEL_DECISION_ID: 'd1' });
    expect(env).not.toHaveProperty('VITEST');
  });

  it('takes an exit code for a no, an end by a signal for a doubt, and a missing program for offline', async () => {
    await programmed('process.exit(3)');
    expect(await pulsed(bench, door, 'd1')).toEqual({ outcome: 'refused', code: 'output-refused' });
    await programmed('process.kill(process.pid, "SIGTERM"); setTimeout(() => {}, 1e5)');
    expect(await pulsed(bench, door, 'd2')).toEqual({ outcome: 'unknown', code: 'output-lost' });
    await bench.start({ kind: 'command', command: [join(bench.folder, 'no-such-program')] });
    expect(await pulsed(bench, door, 'd3')).toEqual({ outcome: 'refused', code: 'output-offline' });
  });

  it('ends one that is too slow, with what it started, and does not say opened', async () => {
    const child = `setTimeout(() => require('node:fs').appendFileSync(process.argv[1], 'late'), 3500)`;
    const slow = `import { spawn } from 'node:child_process';
      import { appendFileSync } from 'node:fs';
      spawn(process.execPath, ['-e', ${JSON.stringify(child)}, process.argv[2]], { stdio: 'inherit' });
      appendFileSync(process.argv[2], 'started ');
      setTimeout(() => appendFileSync(process.argv[2], 'late'), 3000);`;
    await programmed(slow, join(bench.folder, 'trace.txt'));
    expect(await pulsed(bench, door, 'd1')).toEqual({ outcome: 'unknown', code: 'output-timeout' });
    await new Promise((resolve) => setTimeout(resolve, 3000));
    expect(await written('trace.txt')).not.toContain('late');
  });

  it('reads the state of the door by a second program', async () => {
    const sensor = join(bench.folder, 'sensor.mjs');
    const line = join(bench.folder, 'line.txt');
    await writeFile(sensor, `import { readFileSync } from 'node:fs'; console.log(readFileSync(process.argv[2], 'utf8'))`);
    await writeFile(line, 'closed');
    await bench.start({ kind: 'command', command: ['true'], state: { command: [process.execPath, sensor, line], everyMs: 200 } });
    const state = () => bench.site().door.state();
    await until(() => state() === 'closed', 'closed');
    await writeFile(line, 'open');
    await until(() => state() === 'open', 'open');
    await writeFile(sensor, 'process.exit(1)');
    await until(() => state() === 'unknown', 'unknown');
  });
});
