import 'fake-indexeddb/auto';
import { deleteDB } from 'idb';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import type { Database } from '../../../src/store/database.ts';
import { createDatabase } from '../../../src/store/database.ts';
import type { PersonPins } from '../../../src/store/door/person-pins.ts';
import { createPersonPins } from '../../../src/store/door/person-pins.ts';
import type { Vault } from '../../../src/store/vault/vault.ts';
import { dumpDatabase, holds, writings } from '../vault/dump.ts';
import { cheapKdf, madeVault, newPerson } from '../vault/made-vault.ts';
import { SetTime, valueOf } from './made-log.ts';

const name = 'person-pins-test';
const pin = '482915';

interface Page {
  readonly database: Database;
  readonly vault: Vault;
  readonly pins: PersonPins;
  readonly time: SetTime;
}

function openPage(time = new SetTime()): Page {
  const database = createDatabase({ name });
  onTestFinished(() => database.close());
  return { database, vault: madeVault(database), pins: createPersonPins(database, { clock: time, deriveKey: cheapKdf }), time };
}

async function enrol({ vault, pins }: Page, who: string, digits: string | null = pin): Promise<string> {
  const { id } = await valueOf(vault.add(newPerson(who, who.length)));
  if (digits !== null) await valueOf(pins.set(id, digits));
  return id;
}

describe('the PINs of people', () => {
  beforeEach(() => deleteDB(name));

  it('tell one person from another, after a restart too', async () => {
    const page = openPage();
    const ana = await enrol(page, 'Ana');
    const bo = await enrol(page, 'Bo', '975312');
    const chen = await enrol(page, 'Chen', null);
    const { pins } = openPage();
    expect(await valueOf(pins.check(ana, pin))).toEqual({ kind: 'right' });
    expect(await valueOf(pins.check(bo, pin))).toEqual({ kind: 'wrong' });
    expect(await valueOf(pins.check(bo, '９７５３１２'))).toEqual({ kind: 'right' });
    expect(await valueOf(pins.check(chen, pin))).toEqual({ kind: 'none-set' });
    expect(await valueOf(pins.check(null, pin))).toEqual({ kind: 'wrong' });
    expect(await valueOf(pins.check('0'.repeat(32), pin))).toEqual({ kind: 'wrong' });
    expect([await valueOf(pins.has(ana)), await valueOf(pins.has(chen))]).toEqual([true, false]);
    await valueOf(pins.remove(ana));
    expect(await valueOf(pins.check(ana, pin))).toEqual({ kind: 'none-set' });
  });

  it('are not taken when they are poor, or for nobody', async () => {
    const page = openPage();
    const ana = await enrol(page, 'Ana', null);
    expect(await page.pins.set(ana, '12345')).toMatchObject({ ok: false, failure: { code: 'too-short' } });
    expect(await page.pins.set(ana, '111111')).toMatchObject({ ok: false, failure: { code: 'too-simple' } });
    expect(await page.pins.set('0', pin)).toMatchObject({ ok: false, failure: { code: 'no-such-person' } });
  });

  it('lie sealed on the disk, and go with the person', async () => {
    const page = openPage();
    const ana = await enrol(page, 'Ana');
    await valueOf(page.pins.check(ana, '000000'));
    const dump = await dumpDatabase(name);
    for (const piece of [...writings('misses'), ...writings('memoryKib'), ...writings(pin)]) expect(holds(dump, piece)).toBe(false);
    await valueOf(page.vault.revoke(ana));
    expect(await page.database.use((db) => db.count('vault-pins'))).toEqual({ ok: true, value: 0 });
    expect(await valueOf(page.pins.check(ana, pin))).toEqual({ kind: 'wrong' });
    expect(holds(await dumpDatabase(name), new TextEncoder().encode(ana))).toBe(false);
  });

  it('are locked for each person apart, and no clock or restart shortens it', async () => {
    let page = openPage();
    const ana = await enrol(page, 'Ana');
    const bo = await enrol(page, 'Bo');
    for (let i = 0; i < 5; i++) expect(await valueOf(page.pins.check(ana, '975312'))).toEqual({ kind: 'wrong' });
    expect(await valueOf(page.pins.check(ana, pin))).toEqual({ kind: 'locked', leftMs: 30_000 });
    expect(await valueOf(page.pins.check(bo, pin))).toEqual({ kind: 'right' });
    page.time.dateMs += 86_400_000;
    page.time.pass(10_000);
    expect(await valueOf(page.pins.check(ana, pin))).toEqual({ kind: 'locked', leftMs: 20_000 });
    page = openPage(new SetTime(page.time.dateMs + 86_400_000, 5));
    expect(await valueOf(page.pins.check(ana, pin))).toEqual({ kind: 'locked', leftMs: 20_000 });
    page.time.pass(20_000);
    expect(await valueOf(page.pins.check(ana, pin))).toEqual({ kind: 'right' });
    expect(await valueOf(page.pins.check(ana, '975312'))).toEqual({ kind: 'wrong' });
    expect(await valueOf(page.pins.check(ana, pin))).toEqual({ kind: 'right' });
  });

  it('have one budget of wrong tries over all people, whoever knows a PIN of their own', async () => {
    const page = openPage();
    const insider = await enrol(page, 'Insider', '975312');
    const others = await Promise.all(Array.from({ length: 10 }, (_, i) => enrol(page, `Person ${'x'.repeat(i)}`)));
    let wrong = 0;
    let last = await valueOf(page.pins.check(insider, '975312'));
    for (let i = 0; last.kind !== 'locked'; i++) {
      last = await valueOf(page.pins.check(i % 2 === 0 ? insider : others[(i >> 1) % 10]!, i % 2 === 0 ? '975312' : '864209'));
      if (last.kind === 'wrong') wrong++;
      expect(wrong).toBeLessThanOrEqual(20);
    }
    expect([wrong, last]).toEqual([20, { kind: 'locked', leftMs: 180_000 }]);
    expect(await valueOf(page.pins.check(null, pin))).toMatchObject({ kind: 'locked' });
    const later = openPage(new SetTime(page.time.dateMs + 86_400_000, 5));
    expect(await valueOf(later.pins.check(others[9]!, pin))).toEqual({ kind: 'locked', leftMs: 180_000 });
    later.time.pass(180_000);
    expect(await valueOf(later.pins.check(others[9]!, pin))).toEqual({ kind: 'right' });
    expect(await valueOf(later.pins.check(others[9]!, '864209'))).toEqual({ kind: 'wrong' });
    expect(await valueOf(later.pins.check(others[9]!, pin))).toMatchObject({ kind: 'locked' });
  });

  it('are no more than five tries at once in several tabs', async () => {
    const pages = [openPage(), openPage()];
    const ana = await enrol(pages[0]!, 'Ana');
    const results = await Promise.all(Array.from({ length: 12 }, (_, i) => pages[i % 2]!.pins.check(ana, '975312')));
    const kinds = results.map((result) => (result.ok ? result.value.kind : result.failure.code));
    expect(kinds.filter((kind) => kind === 'wrong').length).toBeLessThanOrEqual(5);
    expect(kinds).not.toContain('right');
    expect(await valueOf(pages[0]!.pins.check(ana, pin))).toMatchObject({ kind: 'locked' });
  });

  it('keep shut when their record was damaged', async () => {
    const page = openPage();
    const ana = await enrol(page, 'Ana');
    await page.database.use((db) => db.put('vault-pins', { v: 1 }, ana));
    expect(await page.pins.check(ana, pin)).toMatchObject({ ok: false, failure: { code: 'damaged' } });
    await valueOf(page.pins.set(ana, '975312'));
    expect(await valueOf(page.pins.check(ana, '975312'))).toEqual({ kind: 'right' });
    await page.database.use((db) => db.put('door-state', 'x', 'pin-budget'));
    expect(await valueOf(page.pins.check(ana, '975312'))).toEqual({ kind: 'locked', leftMs: 180_000 });
  });
});
