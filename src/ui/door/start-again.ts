import type { KioskClock, ServiceReason } from '../../kiosk/index.ts';
import type { DoorCamera } from './door-camera.ts';

/** The first wait, after which nobody needs to stand at the door to see it; then twice as long each time, up to the last. */
export const firstWaitMs = 15_000;
export const lastWaitMs = 300_000;

/**
 * Starts the camera and its engine again where one of them did not come up, as after a power cut with a slow disk: nobody may
 * be there to tap. What is lost later heals by itself, and sooner than the first wait.
 *
 * @returns the way to stop
 */
export function startAgain(clock: Pick<KioskClock, 'after'>, camera: Pick<DoorCamera, 'start' | 'watch'>): () => void {
  const missing = new Set<ServiceReason>();
  let waitMs = firstWaitMs;
  let cancel: (() => void) | null = null;
  // Faults come and go while a start is tried: only what is there at the end of a wait counts.
  const look = (): void => {
    cancel = null;
    if (missing.size === 0) {
      waitMs = firstWaitMs;
      return;
    }
    waitMs = Math.min(2 * waitMs, lastWaitMs);
    cancel = clock.after(waitMs, look);
    void camera.start();
  };
  const leave = camera.watch((reason, present) => {
    if (reason !== 'no-engine' && reason !== 'no-camera') return;
    if (present) missing.add(reason);
    else missing.delete(reason);
    if (missing.size > 0) cancel ??= clock.after(waitMs, look);
  });
  return () => {
    leave();
    cancel?.();
  };
}
