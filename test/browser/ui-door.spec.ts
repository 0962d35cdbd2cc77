import { expect, test } from '@playwright/test';
import type { KioskSnapshot } from '../../src/kiosk/index.ts';
import { dotsOf, inputsOf, openDoorViews, showKiosk, violations } from './ui-door-page.ts';

const pin = { state: 'pin', purpose: 'second', needsName: false, wrong: false, checking: false } as const;
const states: readonly (readonly [word: string, chinese: string, snapshot: KioskSnapshot])[] = [
  ['Look here to come in', '请看这里进门', { state: 'idle' }],
  ['Who are you?', '您是谁？', { state: 'claim', ways: ['typed', 'list', 'card'] }],
  ['Come closer', '请走近一点', { state: 'look', say: 'come-closer', canUsePin: true }],
  ['One at a time', '请逐一通过', { state: 'look', say: 'one-person-only', canUsePin: false }],
  ['Blink', '请眨眼', { state: 'challenge', challenge: 'blink', others: ['nod', 'smile'], canUsePin: true }],
  ['Use your PIN', '请使用 PIN', pin],
  ['Show your card', '请出示卡片', { state: 'card' }],
  ['One moment', '请稍候', { state: 'opening' }],
  ['Welcome, Ana', '欢迎，Ana', { state: 'welcome', name: 'Ana' }],
  ['Try again', '重试', { state: 'try-again', reason: 'not-recognised', canUsePin: true }],
  ['Locked', '已锁定', { state: 'locked', leftMs: 65_000 }],
  ['Out of service', '暂停服务', { state: 'out-of-service', reason: 'door-offline' }],
  ['Back in a moment', '稍后恢复', { state: 'maintenance' }],
];
const people = Array.from({ length: 12 }, (_, i) => ({ personId: `p${i}`, name: `Person ${i}` }));

test.setTimeout(240_000);
test.beforeEach(async ({ page }) => {
  await page.setViewportSize({ width: 768, height: 1024 });
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await openDoorViews(page);
});

test('every state has its word as a status, all of it on the screen, and no violation', async ({ page }) => {
  for (const [word, , snapshot] of states) {
    await showKiosk(page, { snapshot, people });
    await expect(page.getByRole('status').first()).toContainText(word);
    expect(await violations(page), word).toEqual([]);
    for (const [width, height] of [[1024, 768], [390, 844], [768, 1024]] as const) {
      await page.setViewportSize({ width, height });
      const beam = await page.locator('lintel-kiosk .beam').boundingBox();
      expect(beam?.height, `${word} ${width}`).toBeGreaterThan(60);
      for (const button of await page.locator('lintel-kiosk').getByRole('button').all()) {
        const box = await button.boundingBox();
        expect(Math.min(box?.width ?? 0, box?.height ?? 0), `${word} ${width}`).toBeGreaterThanOrEqual(48);
      }
      const last = await page.locator('lintel-kiosk footer').boundingBox();
      expect((last?.y ?? 0) + (last?.height ?? 0), `${word} ${width}`).toBeLessThanOrEqual(height);
    }
  }
});

test('every state speaks Chinese', async ({ page }) => {
  await page.evaluate(() => globalThis.speakIn('zh-Hans'));
  for (const [, chinese, snapshot] of states) {
    await showKiosk(page, { snapshot, people: [], doorName: '工坊', notice: '告示' });
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(chinese);
  }
});

test('in forced colours every state has a frame around its word', async ({ page }) => {
  await page.emulateMedia({ forcedColors: 'active', reducedMotion: 'reduce' });
  for (const [word, , snapshot] of states) {
    await showKiosk(page, { snapshot, people });
    expect(await page.locator('lintel-kiosk .beam').evaluate((beam) => parseFloat(getComputedStyle(beam).borderTopWidth)), word).toBeGreaterThanOrEqual(3);
  }
});

test('no link leads away from a door', async ({ page }) => {
  for (const [word, , snapshot] of states) {
    await showKiosk(page, { snapshot, people });
    await expect(page.locator('lintel-kiosk a'), word).toHaveCount(0);
  }
});

test('the PIN pad works by touch and by keyboard, low on the screen, and never shows a digit', async ({ page }) => {
  await showKiosk(page, { snapshot: pin });
  const keys = page.getByRole('group', { name: 'PIN' });
  for (const digit of '271828') await keys.getByRole('button', { name: digit, exact: true }).click();
  expect(await dotsOf(page)).toBe(6);
  await expect(page.locator('lintel-pin-pad .dots')).toHaveText('');
  const box = await keys.boundingBox();
  expect(box?.y).toBeGreaterThan(1024 / 3);
  for (const key of await keys.getByRole('button').all()) {
    const size = await key.boundingBox();
    expect(size?.height).toBeGreaterThanOrEqual(64);
    expect(size?.width).toBeGreaterThanOrEqual(64);
  }
  await keys.getByRole('button', { name: 'Enter' }).click();
  expect(await dotsOf(page)).toBe(0);

  await page.keyboard.type('3141592');
  await page.keyboard.press('Backspace');
  expect(await dotsOf(page)).toBe(6);
  await page.locator('lintel-kiosk h1').focus();
  await page.keyboard.press('Enter');
  expect(await inputsOf(page)).toEqual([
    { type: 'pin', digits: '271828' },
    { type: 'pin', digits: '314159' },
  ]);
});

test('the controls can be lowered: the pad then fits in the lowest 40 % of the screen', async ({ page }) => {
  await showKiosk(page, { snapshot: pin, wishes: { voice: true, large: false, low: true } });
  await expect(page.getByRole('button', { name: 'Lower the controls' })).toHaveAttribute('aria-pressed', 'true');
  const box = await page.locator('lintel-pin-pad').boundingBox();
  expect(box?.y).toBeGreaterThan(1024 * 0.6);
});

test('a move can be exchanged for another, or for the PIN', async ({ page }) => {
  await showKiosk(page, { snapshot: { state: 'challenge', challenge: 'blink', others: ['nod', 'smile'], canUsePin: true } });
  await page.getByRole('button', { name: 'Another way' }).click();
  await expect(page.getByRole('button', { name: 'Blink' })).toHaveCount(0);
  await page.getByRole('button', { name: 'Nod' }).click();
  await page.getByRole('button', { name: 'Use my PIN' }).click();
  expect(await inputsOf(page)).toEqual([{ type: 'other-challenge', challenge: 'nod' }, { type: 'use-pin' }]);
});

test('a name is chosen from a list that narrows, typed, or stands on a card', async ({ page }) => {
  await showKiosk(page, { snapshot: { state: 'claim', ways: ['list', 'typed', 'card'] }, people, cardTyped: true });
  await page.getByRole('button', { name: 'Choose my name' }).click();
  await page.getByLabel('Search').fill('11');
  await expect(page.getByRole('list', { name: 'Names' }).getByRole('button')).toHaveCount(1);
  await page.getByRole('button', { name: 'Person 11' }).click();
  await page.getByRole('button', { name: 'Back' }).click();
  await page.getByRole('button', { name: 'Type my name' }).click();
  await page.getByLabel('Your name').fill('  Ana  ');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Back' }).click();
  await page.getByRole('button', { name: 'Show my card' }).click();
  await page.getByLabel('The text under the code of your card').fill('L1.abc');
  await page.getByRole('button', { name: 'Go on' }).click();
  expect(await inputsOf(page)).toEqual([
    { type: 'claim', personId: 'p11' },
    { type: 'claim-name', name: 'Ana' },
    { type: 'card', text: 'L1.abc' },
  ]);
});

test('only holding the corner down asks for the owner, by finger and by key', async ({ page }) => {
  await showKiosk(page, { snapshot: { state: 'idle' } });
  const asked = () => page.evaluate(() => globalThis.told.filter(({ type }) => type === 'owner-asked').length);
  const corner = page.getByRole('button', { name: 'For the owner: hold down' });
  await corner.click();
  expect(await asked()).toBe(0);
  const box = await corner.boundingBox();
  await page.mouse.move((box?.x ?? 0) + 30, (box?.y ?? 0) + 30);
  await page.mouse.down();
  await expect.poll(asked, { timeout: 30_000 }).toBe(1);
  await page.mouse.up();
  await corner.focus();
  await page.keyboard.down('Enter');
  await expect.poll(asked, { timeout: 30_000 }).toBe(2);
  await page.keyboard.up('Enter');
});

test('a lock is counted down, and its end does not run below zero', async ({ page }) => {
  await showKiosk(page, { snapshot: { state: 'locked', leftMs: 2500 } });
  await expect(page.getByRole('timer')).toHaveText('0:03');
  await expect(page.getByRole('timer')).toHaveText('0:00', { timeout: 30_000 });
});
