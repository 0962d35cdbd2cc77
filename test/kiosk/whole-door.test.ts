import 'fake-indexeddb/auto';
import { deleteDB } from 'idb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemCalendar, systemClock } from '../../src/base/index.ts';
import type { FrameResult } from '../../src/pipeline/index.ts';
import type { Kiosk, KioskSnapshot, VaultGallery } from '../../src/kiosk/index.ts';
import { bridgeDoor, createKiosk, doorLogAudit, frameRulesFor, personPinCheck, rulesOfSettings, signedCards, newCardKeys, systemKioskClock, vaultGallery } from '../../src/kiosk/index.ts';
import type { DoorLog, PersonPins, Vault } from '../../src/store/index.ts';
import { createDatabase, createDoorLog, createPersonPins, defaultDoorSettings } from '../../src/store/index.ts';
import { doorBench, until } from '../server/door/bench.ts';
import type { DoorBench } from '../server/door/bench.ts';
import { cheapKdf, consent, madeVault, valueOf } from '../store/vault/made-vault.ts';
import { frameOf } from './made-frame.ts';
import type { Somebody } from './made-frame.ts';
import { faceOf, madeGallery } from './made-people.ts';

const name = 'whole-door-test';
const pin = '482915';

/** All real: vault, PINs, log, bridge and its simulator. Only what the engine sees is made. */
describe('a kiosk with everything behind it', () => {
  const database = createDatabase({ name });
  let bench: DoorBench;
  let vault: Vault;
  let pins: PersonPins;
  let log: DoorLog;
  let gallery: VaultGallery;
  let kiosk: Kiosk;
  let close: () => void;
  let before: readonly Somebody[] = [];
  let anaId = '';

  beforeAll(async () => {
    await deleteDB(name);
    bench = await doorBench();
    await bench.start();
    vault = madeVault(database, systemCalendar);
    pins = createPersonPins(database, { clock: systemClock, deriveKey: cheapKdf });
    log = createDoorLog(database, { calendar: systemCalendar, clock: systemClock });
    const { rule, impostors } = madeGallery();
    for (const [person, who] of ['Ana', 'Ben'].entries()) {
      const templates = [7, 8].map((seed) => ({ ...faceOf(person, seed), quality: 0.9, takenAtMs: 1 }));
      const { id } = await valueOf(vault.add({ name: who, consent, templates }));
      await valueOf(pins.set(id, pin));
      if (person === 0) anaId = id;
    }
    gallery = vaultGallery(vault, rule, impostors);
    await valueOf(gallery.reload());
    const door = bridgeDoor({ fetch: bench.fetch, paired: await bench.pair(), epochMs: () => systemCalendar.epochMs() });
    const cards = signedCards({ keys: await newCardKeys(), calendar: systemCalendar, isGood: () => true });
    let show: ((frame: FrameResult) => void) | null = null;
    kiosk = createKiosk({
      rules: rulesOfSettings({ ...defaultDoorSettings, targetFalseMatchRate: 1e-3, liveness: { required: ['liveness'], challenges: [] } }, { liveness: { passes: 0.8, fails: 0.3, minFrames: 2 }, antispoof: null, flatness: null, moire: null }),
      frameRules: frameRulesFor(impostors),
      gallery,
      audit: doorLogAudit(log),
      door,
      pins: personPinCheck(pins),
      cards,
      clock: systemKioskClock,
      frames: {
        subscribe: (onFrame) => {
          show = onFrame;
          return () => (show = null);
        },
      },
    });
    let frameId = 0;
    const camera = setInterval(() => show?.(frameOf(before, performance.now(), ++frameId)), 60);
    close = () => {
      clearInterval(camera);
      kiosk.dispose();
      door.close();
    };
  }, 60_000);

  afterAll(async () => {
    close();
    await bench.remove();
    await database.close();
  });

  const comes = (state: KioskSnapshot['state']) => until(() => kiosk.snapshot.state === state, state);
  const everybodyLeaves = async () => {
    before = [];
    await comes('idle');
  };
  const logged = async () => (await valueOf(log.newest(100))).map(({ event }) => event).reverse();

  it('opens for a face and its PIN: once, by the relay’s own record, after it was written down', async () => {
    before = [{ person: 0, trackId: 1 }];
    await comes('pin');
    expect(await bench.record()).toEqual([]);
    kiosk.send({ type: 'pin', digits: pin });
    await comes('welcome');
    const [pulse, ...others] = await bench.record();
    expect(others).toEqual([]);
    await until(async () => (await logged()).length >= 4, 'four lines');
    expect((await logged()).slice(1)).toMatchObject([
      { kind: 'decision', outcome: 'granted', decisionId: pulse?.decisionId, factors: ['face', 'pin'], mode: 'anyone' },
      { kind: 'pulse', stage: 'asked', decisionId: pulse?.decisionId },
      { kind: 'pulse', stage: 'opened', code: 'simulator', decisionId: pulse?.decisionId },
    ]);
    await everybodyLeaves();
  }, 60_000);

  it('does not for a stranger, nor for the right face with a wrong PIN', async () => {
    before = [{ person: 70, trackId: 2 }];
    await comes('try-again');
    await everybodyLeaves();
    before = [{ person: 1, trackId: 3 }];
    await comes('pin');
    kiosk.send({ type: 'pin', digits: '000001' });
    await until(() => kiosk.snapshot.state === 'pin' && kiosk.snapshot.wrong, 'wrong');
    kiosk.send({ type: 'cancel' });
    await everybodyLeaves();
    expect(await bench.record()).toHaveLength(1);
  }, 60_000);

  it('serves nobody while the bridge is down, and goes on when it is back', async () => {
    await bench.stop();
    await comes('out-of-service');
    expect(kiosk.snapshot).toEqual({ state: 'out-of-service', reason: 'door-offline' });
    await bench.start();
    await comes('idle');
  }, 60_000);

  it('does not know who was revoked', async () => {
    await valueOf(vault.revoke(anaId));
    await valueOf(gallery.reload());
    before = [{ person: 0, trackId: 4 }];
    await comes('try-again');
    expect(kiosk.snapshot).toMatchObject({ reason: 'not-recognised' });
    expect(await bench.record()).toHaveLength(1);
    await everybodyLeaves();
  }, 60_000);
});
