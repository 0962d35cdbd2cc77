import type { Clock } from '../base/index.ts';
import { systemClock, withDeadline } from '../base/index.ts';
import { backoffMs } from './backoff.ts';
import type { CameraSession } from './camera-session.ts';
import { watchLenses } from './lenses.ts';
import { replyLimitMs } from './limits.ts';
import type { CameraRequest } from './open-camera.ts';
import { openCamera } from './open-camera.ts';
import type { PageVisibility } from './page-visibility.ts';
import { queryCameraPermission } from './permission.ts';
import type { CameraPlatform } from './platform.ts';
import { browserPlatform } from './platform.ts';
import type { Timers } from './timers.ts';
import { systemTimers } from './timers.ts';

export interface AwaitCameraDeps {
  readonly platform?: CameraPlatform;
  readonly page?: PageVisibility;
  readonly clock?: Clock;
  readonly timers?: Timers;
}

/**
 * Tries again and again to open a camera that could not be had, with growing waits, soon after a device was plugged in or the
 * page is seen again. The browser is asked only while it has the permission, so that no question comes up that nobody
 * called for, and only while the page is seen.
 *
 * @param wants asked before each try; false where nobody would see the picture
 * @param onCamera takes the session over; nothing is tried after it
 * @returns the call that ends it; a stream that still arrives is stopped
 */
export function awaitCamera(request: Omit<CameraRequest, 'signal'>, wants: () => boolean, onCamera: (session: CameraSession) => void, deps: AwaitCameraDeps = {}): () => void {
  const { platform = browserPlatform(), page = document, clock = systemClock, timers = systemTimers } = deps;
  const over = new AbortController();
  let attempts = 0;
  let triedAtMs = clock.nowMs();
  let isTrying = false;
  let cancel: () => void = () => undefined;
  const schedule = (delayMs: number): void => {
    cancel();
    cancel = timers.after(delayMs, () => void attempt());
  };
  const attempt = async (): Promise<void> => {
    isTrying = true;
    const session = await open();
    isTrying = false;
    if (over.signal.aborted) session?.close();
    else if (session) {
      end();
      onCamera(session);
    } else schedule(backoffMs(attempts));
  };
  const open = async (): Promise<CameraSession | null> => {
    attempts++;
    if (page.hidden || !wants()) return null;
    const permission = await withDeadline(queryCameraPermission(platform), replyLimitMs, 'the permission');
    if (over.signal.aborted || !permission.ok || permission.value !== 'granted') return null;
    const opened = await openCamera({ ...request, signal: over.signal }, platform);
    triedAtMs = clock.nowMs();
    return opened.ok ? opened.value : null;
  };
  const hurry = (): void => {
    if (isTrying || page.hidden) return;
    attempts = 0;
    schedule(Math.max(0, triedAtMs + backoffMs(0) - clock.nowMs()));
  };
  const end = (): void => {
    over.abort();
    cancel();
    page.removeEventListener('visibilitychange', hurry);
    unwatch();
  };
  const unwatch = watchLenses(hurry, platform);
  page.addEventListener('visibilitychange', hurry);
  schedule(backoffMs(attempts));
  return end;
}
