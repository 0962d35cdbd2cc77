import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DoorFetch, PairedDoor, PulseOutcome } from '../../../src/doorlink/index.ts';
import { pairWithBridge, requestPulse } from '../../../src/doorlink/index.ts';
import type { OpenDoor } from '../../../src/server/door/index.ts';
import { serve } from '../../../src/server/index.ts';
import type { RunningSite } from '../../../src/server/index.ts';
import { madeSite } from '../made-site.ts';

/** A served door of its own: folders, configuration, what it logged. */
export interface DoorBench {
  readonly folder: string;
  readonly recordFile: string;
  readonly lines: string[];
  site(): RunningSite & { readonly door: OpenDoor };
  /** Sends to the bridge as a page does. */
  fetch: DoorFetch;
  readonly siteFolder: string;
  /** Starts the server (again), with this output, and more of the door's file. @param port 0 for a free one */
  start(output?: object, more?: object, dataFolder?: string, port?: number): Promise<void>;
  stop(): Promise<void>;
  /** Pairs one kiosk more. */
  pair(name?: string): Promise<PairedDoor>;
  /** The simulator's record, oldest first. */
  record(): Promise<readonly { readonly decisionId: string; readonly kioskId: string }[]>;
  remove(): Promise<void>;
}

/** @param site folder of the app; null for a made one */
export async function doorBench(site: string | null = null): Promise<DoorBench> {
  const made = site === null ? await madeSite() : { folder: site, remove: () => Promise.resolve() };
  const folder = await mkdtemp(join(tmpdir(), 'lintel-door-'));
  const recordFile = join(folder, 'record.jsonl');
  const configPath = join(folder, 'door.json');
  const lines: string[] = [];
  let running: RunningSite | null = null;
  const served = () => {
    if (!running?.door) throw new Error('no door is served');
    return { ...running, door: running.door };
  };
  const fetchBridge: DoorFetch = (path, init) => fetch(`http://127.0.0.1:${served().port}${path}`, init);
  const stop = async () => {
    await running?.close();
    running = null;
  };
  return {
    folder,
    siteFolder: made.folder,
    recordFile,
    lines,
    site: served,
    fetch: fetchBridge,
    start: async (output = { kind: 'simulator', recordFile: 'record.jsonl', openForMs: 300 }, more = {}, dataFolder = join(folder, 'data'), port = 0) => {
      await stop();
      await writeFile(configPath, JSON.stringify({ doorId: 'front', name: 'Front door', pulsesPerMinute: 600, ...more, output }), { mode: 0o600 });
      const world = { siteFolder: made.folder, dataFolder, names: () => ({ hostName: 'studio', addresses: [] }), now: () => new Date() };
      const started = await serve({ port, host: '127.0.0.1', mode: { kind: 'http' }, door: { configPath } }, { ...world, log: (line) => lines.push(line) });
      if (!started.ok) throw new Error(`${started.failure.code}: ${started.failure.detail}`);
      running = started.value;
    },
    stop,
    pair: async (name = 'Hall tablet') => {
      const paired = await pairWithBridge(fetchBridge, served().door.newCode(), name);
      if (!paired.ok) throw new Error(`${paired.failure.code}: ${paired.failure.detail}`);
      return paired.value;
    },
    record: async () => {
      const text = await readFile(recordFile, 'utf8').catch(() => '');
      return text.split('\n').filter((line) => line !== '').map((line) => JSON.parse(line) as { decisionId: string; kioskId: string });
    },
    remove: async () => {
      await stop();
      await made.remove();
      await rm(folder, { recursive: true, maxRetries: 3 });
    },
  };
}

/** Asks for one opening, and fails the test where the bridge could not be heard. */
export async function pulsed(bench: DoorBench, door: PairedDoor, decisionId: string, nowMs = () => Date.now()): Promise<PulseOutcome> {
  const outcome = await requestPulse(bench.fetch, door, decisionId, { nowMs, limitMs: 10_000 });
  if (!outcome.ok) throw new Error(`${outcome.failure.code}: ${outcome.failure.detail}`);
  return outcome.value;
}

/** Waits for a state of the world, and fails after 15 s without it. */
export async function until(holds: () => boolean | Promise<boolean>, what: string): Promise<void> {
  const endMs = performance.now() + 15_000;
  while (!(await holds())) {
    if (performance.now() > endMs) throw new Error(`never came: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
