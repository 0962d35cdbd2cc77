import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';

/** A port that was free a moment ago, below the last one. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return Math.min(port, 65_000);
}

test('npm start -- --lan shows addresses and codes, serves, and stops cleanly when told', async () => {
  const data = await mkdtemp(join(tmpdir(), 'lintel-start-'));
  const port = await freePort();
  const child = spawn(process.execPath, ['tools/start.mjs', '--no-build', '--lan', '--port', String(port)], {
    env: { ...process.env, XDG_DATA_HOME: data },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  try {
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    await expect.poll(() => output, { timeout: 30_000 }).toContain('Press Ctrl+C to stop.');
    expect(output).toContain(`https://localhost:${port}`);
    expect(output.match(/█▀▀▀▀▀█| ▄▄▄▄▄ /g)?.length).toBeGreaterThanOrEqual(4);

    const page = await fetch(`http://localhost:${port + 1}/trust`);
    expect(page.status).toBe(200);
    expect(await page.text()).toContain(`https://localhost:${port}/`);

    child.kill('SIGTERM');
    expect(await ended).toBe(0);
  } finally {
    child.kill('SIGKILL');
    await rm(data, { recursive: true });
  }
});
