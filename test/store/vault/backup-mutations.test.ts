import 'fake-indexeddb/auto';
import * as fc from 'fast-check';
import { deleteDB } from 'idb';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createDatabase } from '../../../src/store/database.ts';
import { decodeContents, encodeContents } from '../../../src/store/vault/backup-contents.ts';
import { openBackup } from '../../../src/store/vault/backup-file.ts';
import { headerBytes } from '../../../src/store/vault/backup-header.ts';
import { backupCost } from '../../../src/store/vault/kdf.ts';
import type { DeriveKey } from '../../../src/store/vault/kdf.ts';
import { madeVault, newPerson, passphrase, photo, RememberedKdf, SetCalendar, template, valueOf } from './made-vault.ts';

const name = 'backup-mutations-test';

type Bytes = Uint8Array<ArrayBuffer>;

/** Ways to spoil a file, or to leave it as it is. */
function mutations(size: number): fc.Arbitrary<(bytes: Bytes) => Bytes> {
  // Every other place is in the header: that is where a reader can be led astray.
  const place = fc.oneof(fc.nat(headerBytes - 1), fc.nat(size - 1));
  const splice = (at: number, drop: number, insert: Uint8Array) => (bytes: Bytes): Bytes => Uint8Array.from([...bytes.subarray(0, at), ...insert, ...bytes.subarray(at + drop)]);
  return fc.oneof(
    { weight: 1, arbitrary: fc.constant((bytes: Bytes) => bytes) },
    { weight: 30, arbitrary: fc.tuple(place, fc.integer({ min: 1, max: 255 })).map(([at, mask]) => (bytes: Bytes) => bytes.with(at, (bytes[at] ?? 0) ^ mask)) },
    { weight: 10, arbitrary: fc.nat(size - 1).map((end) => (bytes: Bytes) => bytes.slice(0, end)) },
    { weight: 10, arbitrary: fc.uint8Array({ minLength: 1, maxLength: 40 }).map((more) => (bytes: Bytes) => Uint8Array.from([...bytes, ...more])) },
    { weight: 10, arbitrary: fc.tuple(place, fc.nat(60), fc.uint8Array({ maxLength: 60 })).map(([at, drop, insert]) => splice(at, drop, insert)) },
    { weight: 10, arbitrary: fc.tuple(fc.constantFrom(8, 10, 12, 16, 20, 68, 72), fc.constantFrom(0, 1, 2, 0x7fffffff, 0xffffffff)).map(([at, value]) => (bytes: Bytes) => withNumber(bytes, at, value)) },
    { weight: 10, arbitrary: fc.tuple(place, place, fc.integer({ min: 1, max: 64 })).map(([from, to, count]) => (bytes: Bytes) => bytes.slice().copyWithin(to, from, from + count)) },
    { weight: 5, arbitrary: fc.uint8Array({ maxLength: 300 }).map((noise) => (bytes: Bytes) => Uint8Array.from([...bytes.subarray(0, 8), ...noise])) },
  );
}

function withNumber(bytes: Bytes, at: number, value: number): Bytes {
  const copy = bytes.slice();
  new DataView(copy.buffer).setUint32(at, value, true);
  return copy;
}

describe('spoiled backups', () => {
  it('10,000 of them: each is refused, or restored exactly', async () => {
    await deleteDB(name);
    const database = createDatabase({ name });
    onTestFinished(() => database.close());
    const kdf = new RememberedKdf();
    const maker = madeVault(database, new SetCalendar(), kdf.derive);
    const ana = await valueOf(maker.add(newPerson('Ana', 1, { photos: [photo(1)] })));
    const bo = await valueOf(maker.add(newPerson('Bo', 10)));
    await valueOf(maker.addNegative(ana.id, template(30)));
    await valueOf(maker.revoke(bo.id));
    const { file } = await valueOf(maker.exportBackup(passphrase));
    const whole: Bytes = new Uint8Array(await file.arrayBuffer());
    const salt = whole.slice(24, 40);
    const contents = (await valueOf(openBackup(file, passphrase, kdf.derive))).contents;
    const receipts = await valueOf(maker.receipts());

    /** The real key for the real question; for every other one that comes through the checks some other key. */
    let derivedOthers = 0;
    const derive: DeriveKey = async (text, otherSalt, cost) => {
      expect(cost.passes >= 2 && cost.passes <= 10 && cost.memoryKib >= 19456 && cost.memoryKib <= 262144 && cost.lanes >= 1 && cost.lanes <= 16).toBe(true);
      if (Buffer.compare(otherSalt, salt) === 0 && JSON.stringify(cost) === JSON.stringify(backupCost)) return kdf.derive(text, otherSalt, cost);
      derivedOthers++;
      return { ok: true, value: new Uint8Array(await crypto.subtle.digest('SHA-256', otherSalt)) };
    };
    const vault = madeVault(database, new SetCalendar(), derive);
    await valueOf(vault.eraseEverything());

    const codes = new Map<string, number>();
    let restored = 0;
    await fc.assert(
      fc.asyncProperty(mutations(whole.byteLength), async (mutate) => {
        const spoiled = mutate(whole);
        const result = await vault.restore(new Blob([spoiled]), passphrase);
        if (Buffer.compare(spoiled, whole) === 0) {
          restored++;
          expect(result.ok).toBe(true);
          expect(await valueOf(vault.person(ana.id))).toEqual({ person: contents.people[0]!.person, ...contents.people[0]!.held });
          expect(await valueOf(vault.photos(ana.id))).toEqual([photo(1)]);
          expect(await valueOf(vault.receipts())).toEqual(receipts);
          await valueOf(vault.eraseEverything());
        } else {
          if (result.ok) throw new Error('a spoiled backup was restored');
          codes.set(result.failure.code, (codes.get(result.failure.code) ?? 0) + 1);
        }
      }),
      { numRuns: 10_000, seed: 20, endOnFailure: true },
    );
    expect((await valueOf(vault.people())).people).toEqual([]);
    expect(await valueOf(database.use((db) => db.count('vault-receipts')))).toBe(0);
    // Every check had its share.
    expect(restored).toBeGreaterThan(20);
    expect(derivedOthers).toBeGreaterThan(20);
    for (const code of ['not-a-backup', 'backup-cut', 'backup-trailing', 'backup-too-new', 'backup-too-large', 'kdf-unknown', 'kdf-cost', 'wrong-passphrase-or-altered']) expect([code, codes.get(code) ?? 0]).toEqual([code, expect.toSatisfy((count: number) => count > 20)]);
  }, 300_000);

  it('nonsense that someone with the passphrase sealed is refused, or is what it says', async () => {
    await deleteDB(name);
    const database = createDatabase({ name });
    onTestFinished(() => database.close());
    const vault = madeVault(database);
    const ana = await valueOf(vault.add(newPerson('Ana', 1, { photos: [photo(1)] })));
    await valueOf(vault.add(newPerson('Bo', 10)));
    await valueOf(vault.revoke(ana.id));
    const kdf = new RememberedKdf();
    const { file } = await valueOf(madeVault(database, new SetCalendar(), kdf.derive).exportBackup(passphrase));
    const plain = encodeContents((await valueOf(openBackup(file, passphrase, kdf.derive))).contents);
    const noise = fc.oneof(mutations(plain.byteLength).map((mutate) => mutate(plain)), fc.json().map(packed));
    let refused = 0;
    fc.assert(
      fc.property(noise, (bytes) => {
        const decoded = decodeContents(bytes);
        if (decoded.ok) expect(decodeContents(encodeContents(decoded.value))).toEqual(decoded);
        else {
          expect(decoded.failure.code).toBe('backup-damaged');
          refused++;
        }
      }),
      { numRuns: 3000, seed: 21 },
    );
    expect(refused).toBeGreaterThan(1000);
  });
});

/** A head and no body. */
function packed(json: string): Bytes {
  const text = new TextEncoder().encode(json);
  return Uint8Array.from([...new Uint8Array(Uint32Array.of(text.byteLength).buffer), ...text]);
}
