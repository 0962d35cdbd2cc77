import { expect, test } from '@playwright/test';
import type { KioskSnapshot } from '../../src/kiosk/index.ts';
import { startBroker } from '../server/door/brokers.ts';
import type { DoorWorld } from './door-page.ts';
import { anaPin, comes, enrolFirst, faces, openDoorWorld, setUpDoor, visit } from './door-page.ts';

const right = { name: 'Ana', pin: anaPin } as const;
/** On a busy machine a nod may be missed: then they nod again, as people do. */
const isWelcome = ({ state }: KioskSnapshot): boolean => state === 'welcome';

/** The built app on a real server with a real bridge; the relay's own record, or the broker's, is the witness. */
test.describe.serial('a door', () => {
  test.setTimeout(240_000);
  let door: DoorWorld;

  test.beforeAll(async () => {
    test.setTimeout(240_000);
    door = await openDoorWorld();
  });

  test.afterAll(() => door.close());

  test('the owner sets it up, pairs it and sees the relay pull once', async () => {
    await setUpDoor(door);
    expect(await door.pulses()).toBe(1);
  });

  test('somebody is enrolled from the camera and gets a PIN', async () => {
    await door.show({ shows: 'nods', face: faces.ana });
    await enrolFirst(door.page, 'Ana', anaPin);
    expect(await door.pulses()).toBe(1);
  });

  test('the right person nods, types the PIN, and the relay pulls exactly once', async () => {
    const { page } = door;
    await door.stand({ shows: 'nods', face: faces.ana });
    const seen = await visit(page, { ...right, until: isWelcome });
    expect(seen.at(-1)).toEqual({ state: 'welcome', name: 'Ana' });
    expect(seen.some((now) => now.state === 'pin' && now.purpose === 'second')).toBe(true);
    expect(seen.map(({ state }) => state)).toEqual(expect.arrayContaining(['claim', 'look', 'challenge', 'pin']));
    await expect(page.getByRole('heading', { level: 1, name: 'Welcome, Ana' })).toBeVisible();
    await comes(page, 'idle', 'claim');
    expect(await door.pulses()).toBe(2);
  });

  test('another person who knows name and PIN does not get in', async () => {
    await door.stand({ shows: 'nods', face: faces.bea });
    expect((await visit(door.page, right)).at(-1)).toMatchObject({ state: 'try-again', reason: 'not-recognised' });
    expect(await door.pulses()).toBe(2);
  });

  test('a print of the right person, held up and moved, does not get in', async () => {
    await door.stand({ shows: 'print', face: faces.ana });
    const seen = await visit(door.page, right);
    expect(seen.at(-1)).toMatchObject({ state: 'try-again', reason: 'not-living' });
    expect(seen.some(({ state }) => state === 'challenge')).toBe(true);
    expect(await door.pulses()).toBe(2);
  });

  test('with a broker in place of the relay, a visit publishes exactly one command', async () => {
    const broker = await startBroker();
    try {
      await door.restart({ kind: 'mqtt', url: `mqtt://127.0.0.1:${broker.port}`, commandTopic: 'relay/front/set' });
      await door.stand({ shows: 'nods', face: faces.ana });
      await visit(door.page, { ...right, until: isWelcome });
      await comes(door.page, 'idle', 'claim');
      expect(broker.published.filter(({ topic }) => topic === 'relay/front/set')).toEqual([{ topic: 'relay/front/set', payload: 'PRESS', qos: 1, retain: false }]);
      expect(await door.pulses()).toBe(2);
    } finally {
      await broker.close();
    }
  });
});
