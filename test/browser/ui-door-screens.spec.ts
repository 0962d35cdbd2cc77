import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from '@playwright/test';
import type { KioskSnapshot } from '../../src/kiosk/index.ts';
import { openDoorViews, showKiosk } from './ui-door-page.ts';

/** A folder: every screen of a door is drawn into it, for people to look at. */
const folder = process.env['LINTEL_SCREENS'];

const states: Readonly<Record<string, KioskSnapshot>> = {
  idle: { state: 'idle' },
  claim: { state: 'claim', ways: ['list', 'typed', 'card'] },
  look: { state: 'look', say: 'come-closer', canUsePin: true },
  several: { state: 'look', say: 'one-person-only', canUsePin: false },
  challenge: { state: 'challenge', challenge: 'nod', others: ['blink', 'turn-left', 'turn-right', 'smile'], canUsePin: true },
  pin: { state: 'pin', purpose: 'second', needsName: false, wrong: false, checking: false },
  'pin-wrong': { state: 'pin', purpose: 'instead', needsName: false, wrong: true, checking: false },
  'pin-name': { state: 'pin', purpose: 'instead', needsName: true, wrong: false, checking: false },
  card: { state: 'card' },
  opening: { state: 'opening' },
  welcome: { state: 'welcome', name: 'Maximiliane Hohenberg' },
  'try-again': { state: 'try-again', reason: 'not-recognised', canUsePin: true },
  locked: { state: 'locked', leftMs: 65_000 },
  out: { state: 'out-of-service', reason: 'door-offline' },
  maintenance: { state: 'maintenance' },
};
const looks = [
  { name: 'wide', width: 1024, height: 768, locale: 'en', forcedColors: 'none' },
  { name: 'tall', width: 768, height: 1024, locale: 'en', forcedColors: 'none' },
  { name: 'wide-zh', width: 1024, height: 768, locale: 'zh-Hans', forcedColors: 'none' },
  { name: 'tall-zh', width: 768, height: 1024, locale: 'zh-Hans', forcedColors: 'none' },
  { name: 'wide-zh-forced', width: 1024, height: 768, locale: 'zh-Hans', forcedColors: 'active' },
  { name: 'tall-forced', width: 768, height: 1024, locale: 'en', forcedColors: 'active' },
] as const;

test.skip(!folder, 'LINTEL_SCREENS names no folder: no screens are drawn');

test('draws every screen', async ({ page }) => {
  test.setTimeout(300_000);
  mkdirSync(folder ?? '', { recursive: true });
  for (const { name, width, height, locale, forcedColors } of looks) {
    await page.setViewportSize({ width, height });
    await page.emulateMedia({ forcedColors, reducedMotion: 'reduce' });
    await openDoorViews(page);
    await page.evaluate((code) => globalThis.speakIn(code), locale);
    for (const [state, snapshot] of Object.entries(states)) {
      const people = ['Ana', 'Ben', 'Maximiliane Hohenberg', 'Zoë'].map((each) => ({ personId: each, name: each }));
      await showKiosk(page, { snapshot, people, position: 'closed', doorName: 'Workshop, front door' });
      await page.screenshot({ path: join(folder ?? '', `${name}-${state}.png`) });
    }
  }
});
