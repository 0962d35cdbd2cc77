import { expect } from '@playwright/test';
import type { Page } from '@playwright/test';
import { cameraTest, shotOf } from '../support/fake-camera.ts';
import { agreeAndStart, keepShot, openPeople, seedPerson } from '../support/people-page.ts';
import { photoPath, singleFaces } from '../support/photos.ts';
import { byteWritings, floatWritings, scanForTraces, textWritings } from '../support/trace-scan.ts';
import type { Traces } from '../support/trace-scan.ts';

const test = cameraTest({ photos: [singleFaces.anna], size: { width: 640, height: 480 }, framesPerPhoto: 5 });

const name = 'Anna Berg-Őry';

test.setTimeout(300_000);

test.use({ viewport: { width: 390, height: 844 } });

test('enrols from the camera, knows the face again, and after erasing leaves a receipt and no trace', async ({ page }) => {
  const log: string[] = [];
  page.on('console', (message) => log.push(message.text()));
  page.on('pageerror', (error) => log.push(String(error)));
  await openPeople(page);
  await agreeAndStart(page, name, true);
  await expect(page.getByRole('heading', { name: 'Is this shot good?' })).toBeVisible({ timeout: 120_000 });
  const chip = await page.locator('.review lintel-face-chip').evaluate((element) => Array.from((element as HTMLElementTagNameMap['lintel-face-chip']).chip?.data ?? []));
  await keepShot(page, name);
  const traces = { ...(await tracesOf(page)), chip: byteWritings(chip) };
  for (const pieces of Object.values(traces)) expect(pieces.length).toBeGreaterThan(1);

  await test.step('the list shows her, and the disk shows only a random id', async () => {
    await page.getByRole('link', { name: 'People' }).first().click();
    await expect(page.getByRole('button', { name })).toContainText('Templates: 1 · Photos: 1');
    const found = await scanForTraces(page, traces, log);
    expect(new Set(found.map(({ what }) => what))).toEqual(new Set(['id']));
  });

  await test.step('the test of the door knows her, in strangers and not in per cent', async () => {
    await page.getByRole('link', { name: 'Test me' }).click();
    await page.getByRole('button', { name: 'Start the camera' }).click();
    await expect(page.getByText(`The door would take you for ${name}`)).toBeVisible({ timeout: 120_000 });
    const verdict = await page.locator('.outcome').innerText();
    expect(verdict).toMatch(/1 in [\d,]+ other people/);
    expect(verdict).not.toContain('%');
  });

  await test.step('another face is a stranger to it', async () => {
    await page.locator('input[type=file]').setInputFiles({ name: 'bea.jpg', mimeType: 'image/jpeg', buffer: await shotOf(singleFaces.bea) });
    await expect(page.getByText('The door would not recognise you')).toBeVisible({ timeout: 60_000 });
  });

  await test.step('erased, and only the receipt stays', async () => {
    await page.getByRole('link', { name: 'People' }).first().click();
    await page.getByRole('button', { name }).click();
    await page.getByRole('button', { name: 'Show the photos' }).click();
    await expect(page.getByRole('img', { name: `Photo 1 of ${name}` })).toBeVisible();
    await page.getByRole('button', { name: `Erase ${name}` }).click();
    await page.getByRole('button', { name: 'Erase now' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Everything is erased' })).toBeFocused();
    await expect(page.locator('.receipt')).toContainText('Erased: templates 1, photos 1');
    expect(await scanForTraces(page, traces, log)).toEqual([]);
    await page.getByRole('link', { name: 'Back to the people' }).click();
    await expect(page.getByText('Nobody is enrolled yet.')).toBeVisible();
    await page.getByRole('link', { name: /Receipts/ }).click();
    await expect(page.locator('.receipt')).toHaveCount(1);
    await expect(page.locator('.receipt')).not.toContainText('Anna');
  });

  await test.step('the scan finds what is planted', async () => {
    await page.evaluate(plant, { name, template: Buffer.from(traces.template[0]!).toString('base64'), chip: Buffer.from(traces.chip[0]!).toString('base64'), photo: Buffer.from(traces.photo[0]!).toString('base64') });
    await expect.poll(() => log.length).toBeGreaterThan(0);
    const found = await scanForTraces(page, traces, log);
    expect(found).toEqual(
      expect.arrayContaining([
        { what: 'name', place: 'localStorage' },
        { what: 'name', place: 'console' },
        { what: 'template', place: 'indexedDB planted/things' },
        { what: 'photo', place: 'cache planted' },
        { what: 'chip', place: 'files/planted.bin' },
      ]),
    );
  });
});

test('says one plain thing about a picture that will not do, and takes one that will', async ({ page }) => {
  await openPeople(page);
  await agreeAndStart(page, 'Bea');
  // The camera would take its shot meanwhile: a photo stands in its place at once.
  const line = page.locator('lintel-face-view .line[role=status]');
  const give = async (buffer: Buffer): Promise<void> => page.locator('input[type=file]').setInputFiles({ name: 'given.jpg', mimeType: 'image/jpeg', buffer });
  const whole = { x1: 0, y1: 0, x2: 1, y2: 1 };
  const cases = [
    ['several people', { photo: photoPath('sample6.jpg'), part: whole }, { width: 1280, height: 960 }, 'There is more than one face in this picture.'],
    ['nobody', { photo: photoPath('sample6.jpg'), part: { x1: 0.3, y1: 0.7, x2: 0.6, y2: 1 } }, undefined, 'There is no face in this picture.'],
    ['a face in the dark', { ...singleFaces.bea, light: 0.25 }, undefined, 'This picture is too dark.'],
  ] as const;
  for (const [what, photo, size, text] of cases) {
    await test.step(what, async () => {
      await give(await shotOf(photo, size));
      await expect(line).toHaveText(text, { timeout: 60_000 });
    });
  }
  for (const [what, photo, size] of [
    ['a face of 10 px', singleFaces.bea, { width: 40, height: 30 }],
    ['a mask', { ...singleFaces.bea, covered: { x1: 0.1, y1: 0.42, x2: 0.9, y2: 0.75 } }, undefined],
  ] as const) {
    await test.step(`${what} is not taken`, async () => {
      await give(await shotOf(photo, size));
      await expect(line).toHaveText(/There is no face|too small|cannot be seen well|mouth is|eyes are|does not look straight|One half of the face/, { timeout: 60_000 });
      await expect(page.getByRole('heading', { name: 'Is this shot good?' })).toBeHidden();
    });
  }
  await give(await shotOf(singleFaces.bea));
  await keepShot(page, 'Bea');
});

// The browser's own memory of the room makes it long.
test('a full disk is said plainly, and nothing is half-written', { tag: '@long' }, async ({ page, context, baseURL }) => {
  await openPeople(page);
  const devtools = await context.newCDPSession(page);
  const { origin } = new URL(baseURL ?? '');
  await devtools.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 1 });
  // The browser remembers for half a minute how much room there was.
  const forgotten = page.waitForTimeout(40_000);
  await agreeAndStart(page, 'Anna');
  await expect(page.getByRole('heading', { name: 'Is this shot good?' })).toBeVisible({ timeout: 120_000 });
  await page.getByRole('button', { name: 'Keep it' }).click();
  await forgotten;
  await page.getByRole('button', { name: 'Save as Anna' }).click();
  await expect(page.getByRole('alert')).toContainText('The device has no room left');
  await expect(page.getByRole('button', { name: 'Save as Anna' })).toBeEnabled();
  expect(await recordCounts(page)).toEqual({ 'vault-people': 0, 'vault-templates': 0, 'vault-photos': 0 });
  await devtools.send('Storage.overrideQuotaForOrigin', { origin });
  await page.getByRole('button', { name: 'Save as Anna' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Anna' })).toBeVisible();
  expect(await recordCounts(page)).toEqual({ 'vault-people': 1, 'vault-templates': 1, 'vault-photos': 0 });
});

test('a backup brings people back, and whoever was erased only by name', async ({ page }) => {
  await openPeople(page);
  await seedPerson(page, 'Ana', 1);
  await seedPerson(page, 'Bo', 2);
  await page.getByRole('link', { name: /Backup/ }).click();
  await page.getByLabel('Passphrase', { exact: true }).fill('short');
  await expect(page.getByText('Too short: at least 12 characters')).toBeVisible();
  await page.getByRole('button', { name: 'Save the backup' }).click();
  await expect(page.getByRole('alert')).toContainText('The passphrase is too short');
  await page.getByLabel('Passphrase', { exact: true }).fill('seven lanterns under a lintel');
  await page.getByLabel('The same passphrase again').fill('seven lanterns under a lintle');
  await page.getByRole('button', { name: 'Save the backup' }).click();
  await expect(page.getByText('The two are not the same.')).toBeVisible();
  await page.getByLabel('The same passphrase again').fill('seven lanterns under a lintel');
  const saving = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save the backup' }).click();
  const file = await (await saving).path();
  await expect(page.getByText('People in it: 2.')).toBeVisible();

  // Bo goes.
  await page.getByRole('link', { name: 'People' }).first().click();
  await page.getByRole('button', { name: 'Bo' }).click();
  await page.getByRole('button', { name: 'Erase Bo' }).click();
  await page.getByRole('button', { name: 'Erase now' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Everything is erased' })).toBeVisible();

  const look = async (passphrase: string): Promise<void> => {
    await page.locator('lintel-restore input[type=file]').setInputFiles(file);
    await page.getByLabel('Its passphrase').fill(passphrase);
    await page.getByRole('button', { name: 'Look inside' }).click();
  };
  await page.getByRole('link', { name: 'Make a backup' }).click();
  await look('a wrong passphrase');
  await expect(page.getByRole('alert').filter({ hasText: 'It does not open' })).toBeVisible({ timeout: 30_000 });
  await look('seven lanterns under a lintel');
  await expect(page.locator('[data-fate=keep]')).toContainText('Ana', { timeout: 30_000 });
  await expect(page.locator('[data-fate=revoked]')).toContainText('erased here on');
  // Not by name: he stays away.
  await page.getByRole('button', { name: 'Take the receipts only' }).click();
  await expect(page.getByText('erased before and left out: 1')).toBeVisible({ timeout: 30_000 });
  await look('seven lanterns under a lintel');
  await page.getByRole('textbox', { name: 'Type “Bo” to bring them back' }).fill('Bo');
  await page.getByRole('button', { name: 'Restore: 1' }).click();
  await expect(page.getByText('came back: 1')).toBeVisible({ timeout: 30_000 });
  await page.getByRole('link', { name: 'People' }).first().click();
  await expect(page.getByRole('button', { name: 'Bo' })).toBeVisible();
});

/** What must not lie open anywhere, from the vault's own mouth. */
async function tracesOf(page: Page): Promise<Traces & { readonly template: readonly Uint8Array[]; readonly photo: readonly Uint8Array[] }> {
  const kept = await page.evaluate(async () => {
    const vault = (await document.querySelector('lintel-app')?.parts?.people())?.vault;
    const list = await vault?.people();
    const id = list?.ok ? list.value.people[0]?.id : undefined;
    if (!vault || id === undefined) throw new Error('nobody is kept');
    const file = await vault.person(id);
    const photos = await vault.photos(id);
    if (!file.ok || !photos.ok) throw new Error('the person cannot be read');
    return { id, values: file.value.templates.flatMap(({ values }) => Array.from(values)), photo: photos.value.flatMap(({ bytes }) => Array.from(bytes)) };
  });
  return { name: [...textWritings(name), ...textWritings('Anna Berg')], id: textWritings(kept.id), template: floatWritings(kept.values), photo: byteWritings(kept.photo) };
}

function recordCounts(page: Page): Promise<Readonly<Record<string, number>>> {
  return page.evaluate(async () => {
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      const opening = indexedDB.open('lintel');
      opening.onsuccess = () => resolve(opening.result);
      opening.onerror = () => reject(new Error('no database'));
    });
    const counts: Record<string, number> = {};
    for (const store of ['vault-people', 'vault-templates', 'vault-photos']) {
      counts[store] = await new Promise<number>((resolve) => {
        const counting = database.transaction(store).objectStore(store).count();
        counting.onsuccess = () => resolve(counting.result);
      });
    }
    database.close();
    return counts;
  });
}

/** Runs in the page: leaves a trace in each kind of place. */
async function plant({ name: planted, template, chip, photo }: Readonly<Record<'name' | 'template' | 'chip' | 'photo', string>>): Promise<void> {
  const [templateBytes, chipBytes, photoBytes] = [template, chip, photo].map((base64) => Uint8Array.from(atob(base64), (char) => char.charCodeAt(0)));
  localStorage.setItem('last', `seen: ${planted}`);
  console.log('granted', planted);
  await (await caches.open('planted')).put('/planted', new Response(photoBytes));
  const file = await (await navigator.storage.getDirectory()).getFileHandle('planted.bin', { create: true });
  const writer = await file.createWritable();
  await writer.write(chipBytes!);
  await writer.close();
  await new Promise<void>((resolve, reject) => {
    const opening = indexedDB.open('planted', 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore('things').put({ deep: [{ values: templateBytes }] }, 1);
    opening.onsuccess = () => {
      opening.result.close();
      resolve();
    };
    opening.onerror = () => reject(new Error('not planted'));
  });
}
