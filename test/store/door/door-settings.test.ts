import 'fake-indexeddb/auto';
import { deleteDB } from 'idb';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { newSigningKeys } from '../../../src/doorlink/index.ts';
import type { Database } from '../../../src/store/database.ts';
import { createDatabase } from '../../../src/store/database.ts';
import type { DoorSettings } from '../../../src/store/door/door-settings.ts';
import { defaultDoorSettings } from '../../../src/store/door/door-settings.ts';
import { createDoorSettings } from '../../../src/store/door/door-settings-store.ts';
import { restoreSaved } from '../saved-databases.ts';
import { startMs, valueOf } from './made-log.ts';

const name = 'door-settings-test';

function newDatabase(): Database {
  const database = createDatabase({ name });
  onTestFinished(() => database.close());
  return database;
}

const signature: NonNullable<DoorSettings['faceAlone']> = {
  textVersion: '1',
  language: 'en',
  text: 'About 1 in 10,000 strangers passes.',
  signedBy: 'Ana Owner',
  signedAtMs: startMs,
  mode: 'anyone',
  targetFalseMatchRate: 1e-4,
};

describe('the settings of the door', () => {
  beforeEach(() => deleteDB(name));

  it('begin strict, and keep what the owner chose', async () => {
    const settings = createDoorSettings(newDatabase());
    expect(await valueOf(settings.read())).toEqual({ settings: defaultDoorSettings, saved: false });
    expect(defaultDoorSettings).toMatchObject({ secondFactor: 'pin', faceAlone: null });
    await valueOf(settings.write({ doorName: '前门', mode: 'claimed', idleWindow: null }));
    await valueOf(settings.write({ privacyNotice: 'A camera looks at you.' }));
    expect(await valueOf(createDoorSettings(newDatabase()).read())).toEqual({
      settings: { ...defaultDoorSettings, doorName: '前门', mode: 'claimed', idleWindow: null, privacyNotice: 'A camera looks at you.' },
      saved: true,
    });
  });

  it.each<[string, object]>([
    ['a door without a name', { doorName: '' }],
    ['a name of two lines', { doorName: 'a\nb' }],
    ['a rate of nothing', { targetFalseMatchRate: 0 }],
    ['a rate of all', { targetFalseMatchRate: 1 }],
    ['a rate that is no number', { targetFalseMatchRate: NaN }],
    ['no way to claim', { claimWays: [] }],
    ['a way twice', { claimWays: ['list', 'list'] }],
    ['a move that there is not', { liveness: { required: [], challenges: ['jump'] } }],
    ['a minute behind midnight', { idleWindow: { fromMinute: 1440, untilMinute: 0 } }],
    ['a field that there is not', { open: true }],
    ['a face alone without a signature', { secondFactor: 'none' }],
    ['a face alone signed for another mode', { secondFactor: 'none', mode: 'claimed', faceAlone: signature }],
    ['a face alone signed for a lower rate', { secondFactor: 'none', targetFalseMatchRate: 1e-3, faceAlone: signature }],
  ])('refuse %s, and stay as they were', async (_what, change) => {
    const settings = createDoorSettings(newDatabase());
    await valueOf(settings.write({ doorName: 'Side' }));
    expect(await settings.write(change)).toMatchObject({ ok: false, failure: { code: 'invalid' } });
    expect(await valueOf(settings.read())).toEqual({ settings: { ...defaultDoorSettings, doorName: 'Side' }, saved: true });
  });

  it('let a face alone only as it was signed for, later changes included', async () => {
    const settings = createDoorSettings(newDatabase());
    await valueOf(settings.write({ secondFactor: 'none', faceAlone: signature }));
    await valueOf(settings.write({ targetFalseMatchRate: 1e-5 }));
    expect(await settings.write({ targetFalseMatchRate: 1e-3 })).toMatchObject({ ok: false, failure: { code: 'invalid' } });
    expect(await settings.write({ mode: 'claimed' })).toMatchObject({ ok: false, failure: { code: 'invalid' } });
    expect(await settings.write({ faceAlone: null })).toMatchObject({ ok: false, failure: { code: 'invalid' } });
    await valueOf(settings.write({ mode: 'claimed', secondFactor: 'card' }));
  });

  it.each<[string, unknown, string]>([
    ['no record', 'x', 'damaged'],
    ['no version', { settings: defaultDoorSettings }, 'damaged'],
    ['one field less', { v: 1, settings: { ...defaultDoorSettings, secondFactor: undefined } }, 'damaged'],
    ['a factor switched off behind the app', { v: 1, settings: { ...defaultDoorSettings, secondFactor: 'none' } }, 'damaged'],
    ['a newer version', { v: 2, settings: {} }, 'too-new'],
  ])('are not guessed when they are damaged: %s', async (_what, stored, code) => {
    const database = newDatabase();
    await database.use((db) => db.put('door-state', stored, 'settings'));
    const settings = createDoorSettings(database);
    expect(await settings.read()).toMatchObject({ ok: false, failure: { code } });
    const written = await settings.write({ doorName: 'Side' });
    if (code === 'too-new') expect(written).toMatchObject({ ok: false, failure: { code } });
    else expect(written).toEqual({ ok: true, value: { ...defaultDoorSettings, doorName: 'Side' } });
  });

  it('hold the pairing with the key that nobody can read', async () => {
    const settings = createDoorSettings(newDatabase());
    expect(await settings.pairing()).toEqual({ ok: true, value: null });
    const keys = await newSigningKeys();
    const paired = { kioskId: 'kiosk-1', doorId: 'door-1', doorName: 'Front', bridgeKey: (await newSigningKeys()).publicKey, privateKey: keys.privateKey };
    await valueOf(settings.setPairing(paired));
    expect(await valueOf(createDoorSettings(newDatabase()).pairing())).toMatchObject({ kioskId: 'kiosk-1', privateKey: { extractable: false } });
    await valueOf(settings.setPairing(null));
    expect(await settings.pairing()).toEqual({ ok: true, value: null });
    await newDatabase().use((db) => db.put('door-state', { ...paired, bridgeKey: 'x' }, 'pairing'));
    expect(await settings.pairing()).toMatchObject({ ok: false, failure: { code: 'damaged' } });
  });

  it('remember that the owner keeps the door shut, until the owner ends it', async () => {
    const settings = createDoorSettings(newDatabase());
    expect(await settings.paused()).toEqual({ ok: true, value: false });
    await valueOf(settings.setPaused(true));
    expect(await createDoorSettings(newDatabase()).paused()).toEqual({ ok: true, value: true });
    await valueOf(settings.setPaused(false));
    expect(await settings.paused()).toEqual({ ok: true, value: false });
    // What lies there in its place is no word of the owner's that the door may open.
    await newDatabase().use((db) => db.put('door-state', 'x', 'pause'));
    expect(await settings.paused()).toEqual({ ok: true, value: true });
  });

  it('hold the relay that was chosen, and one way to open the door at a time', async () => {
    const settings = createDoorSettings(newDatabase());
    expect(await settings.relay()).toEqual({ ok: true, value: null });
    const relay = { usbVendorId: 0x1a86, usbProductId: 0x7523, pulseMs: 200 };
    const paired = { kioskId: 'kiosk-1', doorId: 'door-1', doorName: 'Front', bridgeKey: (await newSigningKeys()).publicKey, privateKey: (await newSigningKeys()).privateKey };
    await valueOf(settings.setPairing(paired));
    await valueOf(settings.setRelay(relay));
    const later = createDoorSettings(newDatabase());
    expect(await later.relay()).toEqual({ ok: true, value: relay });
    expect(await later.pairing()).toEqual({ ok: true, value: null });
    await valueOf(settings.setPairing(paired));
    expect(await settings.relay()).toEqual({ ok: true, value: null });
    expect(await valueOf(settings.pairing())).toMatchObject({ kioskId: 'kiosk-1' });
    await valueOf(settings.setRelay({ usbVendorId: null, usbProductId: null, pulseMs: 10_000 }));
    await valueOf(settings.setRelay(null));
    expect([await settings.relay(), await settings.pairing()]).toEqual([{ ok: true, value: null }, { ok: true, value: null }]);
  });

  it.each([
    ['too short', { pulseMs: 199 }],
    ['too long', { pulseMs: 10_001 }],
    ['no number', { pulseMs: NaN }],
    ['of a board that there cannot be', { usbVendorId: 0x10000 }],
  ])('refuse a relay that is %s, and keep the pairing', async (_what, change) => {
    const settings = createDoorSettings(newDatabase());
    await valueOf(settings.setPairing({ kioskId: 'kiosk-1', doorId: 'door-1', doorName: 'Front', bridgeKey: (await newSigningKeys()).publicKey, privateKey: (await newSigningKeys()).privateKey }));
    expect(await settings.setRelay({ usbVendorId: 1, usbProductId: 2, pulseMs: 3000, ...change })).toMatchObject({ ok: false, failure: { code: 'invalid' } });
    expect(await settings.relay()).toEqual({ ok: true, value: null });
    expect(await valueOf(settings.pairing())).toMatchObject({ kioskId: 'kiosk-1' });
  });

  it.each<[string, unknown]>([
    ['no record', 'x'],
    ['another version', { v: 2, usbVendorId: 1, usbProductId: 2, pulseMs: 3000 }],
    ['one field less', { v: 1, usbVendorId: 1, usbProductId: 2 }],
    ['one field more', { v: 1, usbVendorId: 1, usbProductId: 2, pulseMs: 3000, open: true }],
    ['a pulse for ever', { v: 1, usbVendorId: 1, usbProductId: 2, pulseMs: Infinity }],
  ])('do not guess a relay: %s', async (_what, stored) => {
    const database = newDatabase();
    await database.use((db) => db.put('door-state', stored, 'relay'));
    const settings = createDoorSettings(database);
    expect(await settings.relay()).toMatchObject({ ok: false, failure: { code: 'damaged' } });
    await valueOf(settings.setRelay({ usbVendorId: 1, usbProductId: 2, pulseMs: 3000 }));
    expect(await settings.relay()).toEqual({ ok: true, value: { usbVendorId: 1, usbProductId: 2, pulseMs: 3000 } });
  });

  it.each(['v1.json', 'v2.json', 'v3.json', 'v4.json'])('find a place in a database of an older app: %s', async (file) => {
    await restoreSaved(file, name);
    const settings = createDoorSettings(newDatabase());
    await valueOf(settings.write({ doorName: 'Side' }));
    expect((await valueOf(settings.read())).settings.doorName).toBe('Side');
  });
});
