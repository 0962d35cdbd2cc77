import { expect, test } from '@playwright/test';
import type { KioskSnapshot } from '../../src/kiosk/index.ts';
import type { DoorWorld } from '../e2e/door-page.ts';
import { anaPin, comes, enrolFirst, faces, openDoorWorld, setUpDoor, snapshotOf, visit } from '../e2e/door-page.ts';
import type { CameraFault } from '../faults/camera-faults.ts';
import { cameraFaultNames, cameraFaults, putFaultsBetween } from '../faults/camera-faults.ts';

const right = { name: 'Ana', pin: anaPin } as const;
const isAsked = ({ state }: KioskSnapshot): boolean => state === 'look' || state === 'challenge';

/** Which of them a kiosk cannot serve people with; the others leave it a picture. */
const stops = (name: CameraFault): boolean => cameraFaults[name].said !== null || name === 'dark';

/** Whatever becomes of the camera while somebody stands there, nothing opens, and the next one is served. */
test.describe.serial('a door whose camera fails in the middle of a visit', () => {
  test.setTimeout(120_000);
  let door: DoorWorld;
  let pulled = 0;

  test.beforeAll(async () => {
    test.setTimeout(240_000);
    door = await openDoorWorld();
    await door.page.addInitScript(putFaultsBetween);
    await setUpDoor(door);
    await door.show({ shows: 'nods', face: faces.ana });
    await enrolFirst(door.page, 'Ana', anaPin);
    pulled = await door.pulses();
    await door.stand({ shows: 'nods', face: faces.ana });
  });

  test.afterAll(() => door.close());

  for (const name of cameraFaultNames) {
    test(`${name}: ${stops(name) ? 'out of service, no pulse, and back by itself' : 'no pulse that nobody earned'}`, async () => {
      const { page } = door;
      await comes(page, 'idle', 'claim');
      await visit(page, { ...right, until: isAsked });
      await page.evaluate((row) => faultyCamera.begin(row), cameraFaults[name]);
      if (stops(name)) {
        await comes(page, 'out-of-service');
        await page.waitForTimeout(3000);
        expect((await snapshotOf(page)).state).toBe('out-of-service');
        await page.evaluate(() => faultyCamera.end());
        await comes(page, 'idle', 'claim');
      } else {
        await page.waitForTimeout(5000);
        expect(await door.pulses()).toBe(pulled);
        // The visit may have gone on to the PIN, as it should.
        await door.stand({ shows: 'nods', face: faces.ana });
      }
      expect(await door.pulses()).toBe(pulled);
    });
  }

  test('and then the right person gets in, once', async () => {
    const { page } = door;
    expect((await visit(page, { ...right, until: ({ state }) => state === 'welcome' })).at(-1)).toEqual({ state: 'welcome', name: 'Ana' });
    await comes(page, 'idle', 'claim');
    expect(await door.pulses()).toBe(pulled + 1);
  });
});
