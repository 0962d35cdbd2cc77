import type { Page } from '@playwright/test';
import { expect, test } from '@playwright/test';
import type * as databaseModule from '../../src/store/database.ts';
import type { Vault } from '../../src/store/vault/vault.ts';

declare global {
  /** In the page of this test. */
  var vaultBench: { readonly vault: Vault; readonly database: databaseModule.Database; readonly scripts: readonly string[] };
}

/** What the built app is served with, as far as it touches a worker and its wasm. */
const policy = "script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; connect-src 'self'; require-trusted-types-for 'script'; trusted-types lintel";

async function openVault(page: Page): Promise<void> {
  await page.route('**/blank.html', (route) =>
    route.fulfill({ contentType: 'text/html', headers: { 'content-security-policy': policy }, body: '<!doctype html><title>blank</title><script type="module" src="/made/bench.js"></script>' }),
  );
  await page.route('**/made/bench.js', (route) =>
    route.fulfill({
      contentType: 'text/javascript',
      body: `
        import * as base from '/src/base/index.ts';
        import * as databases from '/src/store/database.ts';
        import * as vaults from '/src/store/vault/create-vault.ts';
        import * as kdf from '/src/store/vault/worker-kdf.ts';
        const scripts = [];
        const policy = trustedTypes.createPolicy('lintel', { createScriptURL: (url) => (scripts.push(url), url) });
        const database = databases.createDatabase({ name: 'vault-spec' });
        const deriveKey = kdf.createWorkerKdf((url) => policy.createScriptURL(url));
        globalThis.vaultBench = { database, scripts, vault: vaults.createVault(database, { calendar: base.systemCalendar, deriveKey }) };
      `,
    }),
  );
  await page.route(/kdf-worker/, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, headers: { ...response.headers(), 'content-security-policy': policy } });
  });
  await page.goto('/blank.html');
  await page.waitForFunction(() => 'vaultBench' in globalThis);
}

test('the vault of a browser: sealed for the next visit, its key for nobody, backups without a stop of the page', async ({ page }) => {
  await openVault(page);
  const added = await page.evaluate(() =>
    globalThis.vaultBench.vault.add({
      name: 'Ana',
      consent: { version: '1', language: 'en', agreed: 'yes', givenAtMs: 1 },
      templates: [{ modelId: 'm', values: Float32Array.of(0.5, -0.25, 1), quality: 1, takenAtMs: 2 }],
    }),
  );
  expect(added).toMatchObject({ ok: true, value: { name: 'Ana' } });

  // A new page finds the key on the disk.
  await page.reload();
  await page.waitForFunction(() => 'vaultBench' in globalThis);
  const seen = await page.evaluate(async () => {
    const { vault, database, scripts } = globalThis.vaultBench;
    const people = await vault.people();
    const gallery = await vault.gallery('m', 3);
    const key = await database.use((db) => db.get('vault-key', 'data'));
    const wrapping = (key.ok ? key.value : null) as { wrapping: CryptoKey };
    const exported = await crypto.subtle.exportKey('raw', wrapping.wrapping).then(
      () => 'given away',
      (thrown: unknown) => (thrown instanceof DOMException ? thrown.name : 'other'),
    );
    let ticks = 0;
    const timer = setInterval(() => ticks++, 10);
    const startMs = performance.now();
    const made = await vault.exportBackup('correct horse battery');
    const wholeMs = performance.now() - startMs;
    clearInterval(timer);
    await vault.eraseEverything();
    const gone = await vault.people();
    const wrong = made.ok ? await vault.restore(made.value.file, 'incorrect horse battery') : null;
    const restored = made.ok ? await vault.restore(made.value.file, 'correct horse battery') : null;
    return { people, values: gallery.ok ? [...gallery.value.values] : [], exported, ticks, wholeMs, made, gone, wrong, restored, after: await vault.people(), workers: scripts.length };
  });
  expect(seen.people).toEqual({ ok: true, value: { people: [added.ok ? added.value : null], damagedIds: [] } });
  expect(seen.values).toEqual([0.5, -0.25, 1]);
  expect(seen.exported).toBe('InvalidAccessError');
  expect(seen.made).toMatchObject({ ok: true, value: { people: 1 } });
  expect(seen.gone).toMatchObject({ ok: true, value: { people: [] } });
  expect(seen.wrong).toMatchObject({ ok: false, failure: { code: 'wrong-passphrase-or-altered' } });
  expect(seen.restored).toMatchObject({ ok: true, value: { added: [{ name: 'Ana' }] } });
  expect(seen.after).toEqual(seen.people);
  expect(seen.workers).toBe(3);
  // A page that derived the key itself would not tick at all until it is done.
  console.log(`export ${Math.round(seen.wholeMs)} ms, ${seen.ticks} ticks of 10 ms meanwhile`);
  expect(seen.ticks).toBeGreaterThan(5);
});

test('a worker that cannot start is told as a failure', async ({ page }) => {
  await openVault(page);
  await page.route(/kdf-worker/, (route) => route.abort());
  const made = await page.evaluate(() => globalThis.vaultBench.vault.exportBackup('correct horse battery'));
  expect(made).toMatchObject({ ok: false, failure: { code: 'kdf-failed' } });
});
