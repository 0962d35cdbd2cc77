import type { Page } from '@playwright/test';
import type * as cameraRoom from '../../src/camera/index.ts';

declare global {
  /** The camera room's door, in a page opened by `openCameraPage`. */
  var room: typeof cameraRoom;
  /** Listeners added and not yet removed on what lives longer than a view: document, devices, videos and tracks. */
  var liveListeners: () => number;
  /**
   * Waits for `event` at most 30 s; then fails with what `told` says, so that a wait that hangs says where the camera stood.
   */
  var within: <T>(event: Promise<T>, what: string, told?: () => unknown) => Promise<T>;
  /** Looks every 20 ms whether something holds, within the same limit. */
  var holds: (condition: () => boolean, what: string, told?: () => unknown) => Promise<void>;
}

/** A blank page of the module server's origin, with the camera room loaded from its sources and one video element. */
export async function openCameraPage(page: Page): Promise<void> {
  await page.route('**/blank.html', (route) => route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>blank</title><video></video>' }));
  await page.addInitScript(countListeners);
  await page.addInitScript(limitWaits);
  await page.goto('/blank.html');
  await page.addScriptTag({ type: 'module', content: "import * as room from '/src/camera/index.ts'; globalThis.room = room;" });
  await page.waitForFunction(() => 'room' in globalThis);
}

function countListeners(): void {
  const alive = new Set<string>();
  const numbers = new WeakMap<object, number>();
  let last = 0;
  const numberOf = (thing: object): number => {
    const known = numbers.get(thing) ?? ++last;
    numbers.set(thing, known);
    return known;
  };
  const watched = (target: EventTarget): boolean =>
    target === document || target === navigator.mediaDevices || target instanceof HTMLVideoElement || target instanceof MediaStreamTrack;
  const key = (target: EventTarget, type: string, listener: object): string => `${numberOf(target)} ${type} ${numberOf(listener)}`;
  type Listening = (this: EventTarget, type: string, listener: EventListenerOrEventListenerObject | null, options?: boolean | AddEventListenerOptions) => void;
  const prototype = EventTarget.prototype as { addEventListener: Listening; removeEventListener: Listening };
  const add = prototype.addEventListener;
  const remove = prototype.removeEventListener;
  prototype.addEventListener = function (type, listener, options) {
    if (listener !== null && watched(this)) {
      const entry = key(this, type, listener);
      alive.add(entry);
      const signal = typeof options === 'object' ? options.signal : undefined;
      if (signal) add.call(signal, 'abort', () => alive.delete(entry));
    }
    add.call(this, type, listener, options);
  };
  prototype.removeEventListener = function (type, listener, options) {
    if (listener !== null && watched(this)) alive.delete(key(this, type, listener));
    remove.call(this, type, listener, options);
  };
  globalThis.liveListeners = () => alive.size;
}

function limitWaits(): void {
  globalThis.within = async (event, what, told = () => '') => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error(`no ${what} within 30 s ${JSON.stringify(told())}`)), 30_000);
    });
    try {
      return await Promise.race([event, late]);
    } finally {
      clearTimeout(timer);
    }
  };
  globalThis.holds = (condition, what, told) => {
    let timer: ReturnType<typeof setInterval> | undefined;
    const holding = new Promise<void>((done) => {
      timer = setInterval(() => condition() && done(), 20);
    });
    return within(holding, what, told).finally(() => clearInterval(timer));
  };
}
