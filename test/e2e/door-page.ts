import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, expect } from '@playwright/test';
import type { Page } from '@playwright/test';
import type { KioskInput, KioskSnapshot } from '../../src/kiosk/index.ts';
import type {} from '../../src/ui/app/lintel-app.ts';
import { findChromium } from '../../tools/find-chromium.mjs';
import type { DoorBench } from '../server/door/bench.ts';
import { doorBench } from '../server/door/bench.ts';
import type { FilmFace, FilmScene } from '../support/door-film.ts';
import { FilmCamera, filmOf } from '../support/door-film.ts';
import { grantArg } from '../support/fake-camera.ts';

/** People of the sample photos. */
export const faces = {
  ana: { photo: 'sample6.jpg', box: [182, 541, 512, 831] },
  bea: { photo: 'sample6.jpg', box: [1439, 294, 1765, 590] },
} as const satisfies Record<string, FilmFace>;

export const ownerPin = '271828';
export const anaPin = '314159';
export const doorName = 'Workshop, front door';

/** A served door with a bridge, and a kiosk before it: a browser of its own, whose camera shows what the test wants. */
export interface DoorWorld {
  readonly bench: DoorBench;
  readonly page: Page;
  /** Pulses that the relay has had so far. */
  pulses(): Promise<number>;
  /** Puts a scene before the camera; it is seen when the camera is opened the next time. */
  show(scene: FilmScene): Promise<void>;
  /** Puts a scene before the camera, and opens the door's screen anew. */
  stand(scene: FilmScene): Promise<void>;
  /** Starts the bridge again where it was, with another output. */
  restart(output?: object): Promise<void>;
  close(): Promise<void>;
}

export async function openDoorWorld(): Promise<DoorWorld> {
  const folder = mkdtempSync(join(tmpdir(), 'lintel-door-e2e-'));
  const bench = await doorBench('dist/app');
  await bench.start();
  const { port } = bench.site();
  const camera = new FilmCamera(folder);
  camera.show(await filmOf({ shows: 'nobody' }));
  const executablePath = await findChromium();
  const context = await chromium.launchPersistentContext(join(folder, 'profile'), {
    ...(executablePath && { executablePath }),
    baseURL: `http://127.0.0.1:${port}`,
    viewport: { width: 768, height: 1024 },
    args: ['--no-sandbox', '--disable-quic', '--no-first-run', '--disable-gpu', grantArg, ...camera.args],
  });
  const page = context.pages()[0] ?? (await context.newPage());
  page.setDefaultTimeout(30_000);
  const show = async (scene: FilmScene) => camera.show(await filmOf(scene));
  return {
    bench,
    page,
    pulses: async () => (await bench.record()).length,
    show,
    stand: async (scene) => {
      await show(scene);
      await page.goto('about:blank');
      await openScreen(page);
    },
    restart: (output) => bench.start(output, {}, undefined, port),
    close: async () => {
      await context.close();
      await bench.remove();
      rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

/** Walks through the set-up as an owner would, with the code that the bridge shows, to its end. */
export async function setUpDoor({ page, bench }: DoorWorld): Promise<void> {
  await page.goto('/settings');
  // The backend that needs no measuring: a busy machine would measure its neighbours.
  await page.waitForFunction(() => document.querySelector('lintel-app')?.parts);
  await page.evaluate(() => document.querySelector('lintel-app')?.parts?.settings.change({ backend: 'wasm' }));
  await page.getByRole('link', { name: 'Door' }).click();
  await page.getByLabel('PIN of the owner').fill(ownerPin);
  await page.getByLabel('The same again').fill(ownerPin);
  await page.getByRole('button', { name: 'Go on' }).click();
  const notNow = page.getByRole('button', { name: 'Not now' });
  const name = page.getByLabel('Name of the door');
  await expect(notNow.or(name)).toBeVisible({ timeout: 60_000 });
  if (await notNow.isVisible()) await notNow.click();
  await name.fill(doorName);
  await page.getByRole('button', { name: 'Go on' }).click();
  await page.getByLabel('Code of the bridge').fill(bench.site().door.newCode());
  await page.getByRole('button', { name: 'Pair' }).click();
  await expect(page.getByText('Both sides have proven the code.')).toBeVisible({ timeout: 60_000 });
  await page.getByRole('button', { name: 'Open the door once' }).click();
  await expect(page.getByText('The door was opened, and said so.')).toBeVisible({ timeout: 60_000 });
  for (const step of ['Who may open it?', 'What do visitors read?', 'The door is set up']) {
    await page.getByRole('button', { name: 'Go on' }).click();
    await expect(page.getByRole('heading', { level: 1, name: step })).toBeVisible();
  }
}

/** From the end of the set-up to a person who is enrolled from the camera and has a PIN. */
export async function enrolFirst(page: Page, name: string, pin: string): Promise<void> {
  await page.getByRole('link', { name: 'Enrol someone' }).click();
  await page.getByRole('checkbox', { name: /I have read this/ }).check();
  await page.getByRole('button', { name: 'Agree and go on' }).click();
  await page.getByLabel('Name').fill(name);
  await page.getByRole('button', { name: 'Start the camera' }).click();
  await expect(page.getByRole('heading', { name: 'Is this shot good?' })).toBeVisible({ timeout: 120_000 });
  await page.getByRole('button', { name: 'Keep it' }).click();
  await page.getByRole('button', { name: `Save as ${name}` }).click();
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
  await page.getByRole('link', { name: 'Door' }).click();
  await page.getByRole('button', { name: new RegExp(`^Set a PIN.*${name}`) }).click();
  const form = page.locator('lintel-person-pins lintel-owner-pin');
  await form.getByLabel(`PIN of ${name}`).fill(pin);
  await form.getByLabel('The same again').fill(pin);
  await form.getByRole('button', { name: 'Go on' }).click();
  await expect(page.getByText(`${name} has a PIN now.`)).toBeVisible({ timeout: 60_000 });
}

export async function openScreen(page: Page): Promise<void> {
  await page.goto('/door');
  await page.waitForFunction(() => document.querySelector('lintel-app')?.parts);
}

/** What the kiosk shows now. */
export function snapshotOf(page: Page): Promise<KioskSnapshot> {
  return page.evaluate(async () => {
    const parts = await document.querySelector('lintel-app')?.parts?.door();
    if (!parts) throw new Error('the app has no door');
    return parts.desk.now.snapshot;
  });
}

/** What only an owner behind the screen can send. */
export function send(page: Page, input: KioskInput): Promise<void> {
  return page.evaluate(async (sent) => {
    const parts = await document.querySelector('lintel-app')?.parts?.door();
    parts?.desk.send(sent);
  }, input);
}

/** How a visitor behaves: the name that they give, the PIN that they type, and a state at which they stop. */
export interface Visitor {
  readonly name: string;
  readonly pin: string;
  readonly until?: (snapshot: KioskSnapshot) => boolean;
}

/**
 * Does what the screen says, by its buttons, until it has said how the visit ended, or is where the visitor stops. Asked for
 * another move they take the nod.
 *
 * @returns the states that were seen, in order, without repeats
 */
export async function visit(page: Page, { name, pin, until = isEnd }: Visitor): Promise<readonly KioskSnapshot[]> {
  const seen: KioskSnapshot[] = [];
  const untilMs = Date.now() + 90_000;
  while (Date.now() < untilMs) {
    const snapshot = await snapshotOf(page);
    if (JSON.stringify(snapshot) !== JSON.stringify(seen.at(-1))) seen.push(snapshot);
    if (until(snapshot)) return seen;
    // A state that is over meanwhile has other buttons: then the next look tells what to do.
    await answer(page, snapshot, name, pin).catch(() => undefined);
    await page.waitForTimeout(50);
  }
  throw new Error(`the visit did not end: ${JSON.stringify(seen)}`);
}

export function isEnd({ state }: KioskSnapshot): boolean {
  return state === 'welcome' || state === 'try-again' || state === 'locked' || state === 'out-of-service';
}

async function answer(page: Page, snapshot: KioskSnapshot, name: string, pin: string): Promise<void> {
  // The screen moves all the time, and a busy machine draws it slowly: nothing waits for it to stand still.
  const press = (button: string) => page.getByRole('button', { name: button, exact: true }).dispatchEvent('click', {}, { timeout: 1500 });
  if (snapshot.state === 'claim') {
    const field = page.getByLabel('Your name');
    if ((await field.count()) === 0) await press('Type my name');
    await field.fill(name, { timeout: 1500 });
    await press('Go on');
  } else if (snapshot.state === 'challenge' && snapshot.challenge !== 'nod') {
    if ((await page.getByRole('button', { name: 'Another way', exact: true }).count()) > 0) await press('Another way');
    await press('Nod');
  } else if (snapshot.state === 'pin' && !snapshot.needsName && !snapshot.checking) {
    await page.keyboard.type(pin);
    await page.keyboard.press('Enter');
  }
}

/** Waits for one of these states of the kiosk. */
export async function comes(page: Page, ...states: readonly KioskSnapshot['state'][]): Promise<void> {
  await expect
    .poll(
      async () => {
        const snapshot = await snapshotOf(page);
        return states.includes(snapshot.state) ? 'came' : JSON.stringify(snapshot);
      },
      { timeout: 90_000, intervals: [100] },
    )
    .toBe('came');
}
