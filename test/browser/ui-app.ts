import type { Page } from '@playwright/test';
import { expect } from '@playwright/test';

declare global {
  /** Listeners on document and window, and intervals, that are alive. */
  var lintelAlive: () => number;
}

/** Opens the app on a path, in English, and waits for its first view. */
export async function openApp(page: Page, path = '/'): Promise<void> {
  // The module server reloads pages when a source file changes; a page under test must not be reloaded.
  await page.routeWebSocket(/./, () => undefined);
  await page.goto(path);
  // The first page of a run waits until the module server has read everything.
  await expect(page.locator('lintel-app h1').first()).toBeVisible({ timeout: 30_000 });
}

/** Chooses wasm in the settings, as a person would, and goes to the live view: it needs no measuring of a software GPU. */
export async function openLiveOnWasm(page: Page): Promise<void> {
  await openApp(page, '/settings');
  await page.getByLabel('Backend').selectOption('wasm');
  await page.getByRole('link', { name: 'Camera' }).click();
  await expect(page.getByRole('button', { name: 'Start the camera' })).toBeVisible();
}

/** Runs in the page before any script: counts what the app adds to document and window, and its intervals. */
export function countAlive(): void {
  const listeners = new Map<EventTarget, Map<string, Set<object>>>([document, window].map((target) => [target, new Map<string, Set<object>>()]));
  const intervals = new Set<unknown>();
  type Change = (this: EventTarget | undefined, type: string, listener: EventListenerOrEventListenerObject | null, options?: boolean | AddEventListenerOptions) => void;
  const prototype = EventTarget.prototype as { addEventListener: Change; removeEventListener: Change };
  const { addEventListener: add, removeEventListener: remove } = prototype;
  prototype.addEventListener = function (type, listener, options) {
    const byType = listeners.get(this ?? window);
    if (byType && listener) byType.set(type, (byType.get(type) ?? new Set()).add(listener));
    add.call(this, type, listener, options);
  };
  prototype.removeEventListener = function (type, listener, options) {
    if (listener) listeners.get(this ?? window)?.get(type)?.delete(listener);
    remove.call(this, type, listener, options);
  };
  const begin = window.setInterval.bind(window);
  const end = window.clearInterval.bind(window);
  window.setInterval = ((...args: Parameters<typeof begin>) => {
    const id = begin(...args);
    intervals.add(id);
    return id;
  }) as typeof begin;
  window.clearInterval = (id) => {
    intervals.delete(id);
    end(id);
  };
  globalThis.lintelAlive = () => [...listeners.values()].flatMap((byType) => [...byType.values()]).reduce((sum, set) => sum + set.size, intervals.size);
}
