import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import type * as doorlink from '../../src/doorlink/index.ts';
import { systemCalendar, systemClock } from '../../src/base/index.ts';
import { parseDoorConfig } from '../../src/server/door/config.ts';
import type { OpenDoor } from '../../src/server/door/index.ts';
import { openDoor } from '../../src/server/door/index.ts';

declare global {
  /** In the page of this test. */
  var doorBench: { readonly link: typeof doorlink; readonly fetch: doorlink.DoorFetch };
}

let folder: string;
let bridge: OpenDoor;
test.beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lintel-doorlink-'));
  const output = { kind: 'simulator', recordFile: join(folder, 'record.jsonl'), openForMs: 60_000 };
  const config = parseDoorConfig(JSON.stringify({ doorId: 'front', name: 'Front door', output }));
  if (!config.ok) throw new Error(config.failure.detail);
  const opened = await openDoor(config.value, { dataFolder: folder, clock: systemClock, calendar: systemCalendar, showCode: () => undefined, log: () => undefined });
  if (!opened.ok) throw new Error(opened.failure.detail);
  bridge = opened.value;
});
test.afterEach(async () => {
  await bridge.close();
  await rm(folder, { recursive: true });
});

test('a browser pairs with a bridge in Node, keeps its key over a reload, opens the door once and hears that it is open', async ({ page }) => {
  const handler = bridge.handler({ httpsOnly: false });
  await page.route('**/door/*', async (route) => {
    const request = route.request();
    const body = request.postDataBuffer() ?? Buffer.alloc(0);
    const answer = await handler({ method: request.method(), target: new URL(request.url()).pathname, headers: request.headers(), readBody: () => Promise.resolve(body) });
    await route.fulfill({ status: answer?.status ?? 404, headers: answer?.headers ?? {}, body: Buffer.from(answer?.body ?? []) }).catch(() => undefined);
  });
  await page.route('**/blank.html', (route) => route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>blank</title><script type="module" src="/made/bench.js"></script>' }));
  await page.route('**/made/bench.js', (route) =>
    route.fulfill({
      contentType: 'text/javascript',
      body: `import * as link from '/src/doorlink/index.ts'; globalThis.doorBench = { link, fetch: (path, init) => fetch(path, init) };`,
    }),
  );
  await page.goto('/blank.html');
  await page.waitForFunction(() => 'doorBench' in globalThis);

  const paired = await page.evaluate(async (code) => {
    const { link, fetch } = globalThis.doorBench;
    const result = await link.pairWithBridge(fetch, code, 'Hall tablet');
    if (!result.ok) return result.failure.code;
    // What a kiosk keeps lies in IndexedDB, its private key too.
    await new Promise<void>((resolve, reject) => {
      const opening = indexedDB.open('doorlink-spec', 1);
      opening.onupgradeneeded = () => opening.result.createObjectStore('doors');
      opening.onerror = () => reject(opening.error ?? new Error('not opened'));
      opening.onsuccess = () => {
        const writing = opening.result.transaction('doors', 'readwrite');
        writing.objectStore('doors').put(result.value, 'door');
        writing.oncomplete = () => resolve();
      };
    });
    return { doorName: result.value.doorName, extractable: result.value.privateKey.extractable };
  }, bridge.newCode());
  expect(paired).toEqual({ doorName: 'Front door', extractable: false });

  await page.reload();
  await page.waitForFunction(() => 'doorBench' in globalThis);
  const seen = await page.evaluate(async () => {
    const { link, fetch } = globalThis.doorBench;
    const door = await new Promise<doorlink.PairedDoor>((resolve, reject) => {
      const opening = indexedDB.open('doorlink-spec', 1);
      opening.onerror = () => reject(opening.error ?? new Error('not opened'));
      opening.onsuccess = () => {
        const reading = opening.result.transaction('doors').objectStore('doors').get('door') as IDBRequest<doorlink.PairedDoor>;
        reading.onsuccess = () => resolve(reading.result);
      };
    });
    const states: doorlink.DoorState[] = [];
    const isOpen = new Promise<void>((resolve) => {
      const stop = link.watchDoor(fetch, door, (state) => {
        states.push(state);
        if (states.length === 1) void open();
        if (state !== 'open') return;
        stop();
        resolve();
      });
    });
    const outcomes: unknown[] = [];
    const open = async () => {
      for (const decisionId of ['d1', 'd1']) outcomes.push(await link.requestPulse(fetch, door, decisionId, { nowMs: () => performance.timeOrigin, limitMs: 20_000 }));
    };
    await isOpen;
    while (outcomes.length < 2) await new Promise((resolve) => setTimeout(resolve, 20));
    return { states, outcomes };
  });
  expect(seen).toEqual({
    states: ['closed', 'open'],
    outcomes: [
      { ok: true, value: { outcome: 'opened', confirmedBy: 'simulator' } },
      { ok: true, value: { outcome: 'refused', code: 'decision-used' } },
    ],
  });
  expect((await readFile(join(folder, 'record.jsonl'), 'utf8')).trim().split('\n')).toHaveLength(1);
});
