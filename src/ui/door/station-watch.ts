import { coverAfter, notCovered } from '../../camera/index.ts';
import type { KioskClock, ServiceReason } from '../../kiosk/index.ts';
import { freeBytes, isStorageFull } from '../../kiosk/index.ts';
import { LightMeter } from '../light-meter.ts';

export interface StationWatchParts {
  readonly clock: Pick<KioskClock, 'after' | 'nowMs'>;
  /** What the camera shows; null while it shows nothing. */
  readonly picture: () => HTMLVideoElement | null;
  /** What the browser says of the disk; null where it does not tell. */
  readonly estimate: () => Promise<StorageEstimate | null>;
  readonly onFault: (reason: ServiceReason, present: boolean) => void;
}

/** Between two looks at the light, and at the disk, in milliseconds. */
export const lightEveryMs = 500;
export const spaceEveryMs = 15_000;

/** Watches over what the engine and the record cannot tell by themselves: a covered camera, a full disk. @returns the way to stop */
export function watchStation({ clock, picture, estimate, onFault }: StationWatchParts): () => void {
  let isOver = false;
  let cover = notCovered;
  const meter = new LightMeter();
  const lookAtLight = (): void => {
    const shown = picture();
    const light = shown && meter.read(shown, clock.nowMs());
    if (!light) return;
    cover = coverAfter(cover, light);
    onFault('camera-covered', cover.isCovered);
  };
  const lookAtSpace = async (): Promise<void> => {
    const told = await estimate();
    if (!isOver) onFault('storage-full', isStorageFull(freeBytes(told ?? {})));
  };
  const every = (delayMs: number, work: () => void): (() => void) => {
    let cancel = clock.after(delayMs, again);
    function again(): void {
      work();
      cancel = clock.after(delayMs, again);
    }
    return () => cancel();
  };
  // A browser that does not answer about the disk keeps nobody out: the record says itself when it cannot be written.
  const askAboutSpace = (): void => void lookAtSpace().catch(() => undefined);
  askAboutSpace();
  const ends = [every(lightEveryMs, lookAtLight), every(spaceEveryMs, askAboutSpace)];
  return () => {
    isOver = true;
    for (const end of ends) end();
  };
}
