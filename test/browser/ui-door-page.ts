import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from '@playwright/test';
import type axe from 'axe-core';
import type { KioskInput } from '../../src/kiosk/index.ts';
import type { LintelKiosk } from '../../src/ui/door/kiosk/lintel-kiosk.ts';
import type { LintelPinPad } from '../../src/ui/door/kiosk/lintel-pin-pad.ts';
import type { useLocale } from '../../src/ui/i18n/localization.ts';

declare global {
  /** What the view under test has told, in order. */
  var told: { readonly type: string; readonly detail: unknown }[];
  var speakIn: typeof useLocale;
}

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const events = ['kiosk-input', 'wishes-changed', 'locale-chosen', 'owner-asked', 'owner-in', 'owner-away', 'pin-entered', 'plan-changed', 'set-up-done'];

/** A blank page with the views of the door, in the tokens of the app. */
export async function openDoorViews(page: Page): Promise<void> {
  await page.routeWebSocket(/./, () => undefined);
  const body = '<!doctype html><html lang="en"><title>Door</title><link rel="stylesheet" href="/src/ui/styles/document.css"><body style="height:100vh"></body></html>';
  await page.route('**/blank.html', (route) => route.fulfill({ contentType: 'text/html', body }));
  await page.goto('/blank.html');
  const content = `import '/src/ui/door/kiosk/lintel-kiosk.ts'; import '/src/ui/door/admin/lintel-door-admin.ts';
    import { useLocale } from '/src/ui/i18n/localization.ts'; globalThis.speakIn = useLocale;`;
  await page.addScriptTag({ type: 'module', content });
  await page.waitForFunction(() => 'speakIn' in globalThis, undefined, { timeout: 60_000 });
}

/** Puts one kiosk into the page, in place of the one before. */
export async function showKiosk(page: Page, properties: Partial<Pick<LintelKiosk, 'snapshot' | 'people' | 'doorName' | 'notice' | 'wishes' | 'cardTyped' | 'position' | 'canSpeak'>>): Promise<void> {
  await page.evaluate(
    async ([given, names]) => {
      document.querySelector('lintel-kiosk')?.remove();
      const kiosk = document.createElement('lintel-kiosk');
      Object.assign(kiosk, { doorName: 'Workshop', notice: 'A camera compares faces here.', canSpeak: true, ...given });
      kiosk.style.position = 'fixed';
      kiosk.style.inset = '0';
      globalThis.told = [];
      for (const name of names) kiosk.addEventListener(name, (event) => globalThis.told.push({ type: name, detail: (event as CustomEvent<unknown>).detail }));
      document.body.append(kiosk);
      await kiosk.updateComplete;
    },
    [properties, events] as const,
  );
}

export async function inputsOf(page: Page): Promise<readonly KioskInput[]> {
  return page.evaluate(() => globalThis.told.filter(({ type }) => type === 'kiosk-input').map(({ detail }) => detail as KioskInput));
}

/** How many digits the pad holds, by its dots: the digits themselves are nowhere. */
export async function dotsOf(page: Page): Promise<number> {
  return page.locator('lintel-pin-pad').evaluate((pad: LintelPinPad) => pad.renderRoot.querySelectorAll('.dots .filled').length);
}

export async function violations(page: Page): Promise<readonly unknown[]> {
  await page.evaluate(axeSource);
  return page.evaluate(async () => {
    const { axe: run } = globalThis as unknown as { axe: typeof axe };
    const options = { rules: { 'landmark-one-main': { enabled: false }, region: { enabled: false } } };
    return (await run.run(document, options)).violations.map(({ id, nodes }) => ({ id, targets: nodes.map((node) => node.html.slice(0, 160)) }));
  });
}
