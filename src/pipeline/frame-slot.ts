import type { Frame } from '../camera/index.ts';

/** Room for one waiting frame. The newest wins: the one that it replaces is closed and counted. */
export class FrameSlot {
  #waiting: Frame | null = null;
  #dropped = 0;

  /** Frames replaced since the last `reset`. */
  get dropped(): number {
    return this.#dropped;
  }

  /** @returns whether an older frame had to go */
  put(frame: Frame): boolean {
    const older = this.#waiting;
    this.#waiting = frame;
    if (!older) return false;
    older.close();
    this.#dropped++;
    return true;
  }

  /** The waiting frame, which is the caller's from now on. */
  take(): Frame | null {
    const frame = this.#waiting;
    this.#waiting = null;
    return frame;
  }

  /** Closes a waiting frame; the count stays. */
  clear(): void {
    this.take()?.close();
  }

  reset(): void {
    this.clear();
    this.#dropped = 0;
  }
}
