/** Keeps the screen on while something is looked at. The system drops the lock with a hidden page; it is taken again. */
export class WakeLock {
  #wanted = false;
  #lock: WakeLockSentinel | null = null;
  readonly #onChange: (refused: boolean) => void;

  /** @param onChange told whether the system refuses the lock now (low battery, no such interface) */
  constructor(onChange: (refused: boolean) => void) {
    this.#onChange = onChange;
  }

  want(wanted: boolean): void {
    if (wanted === this.#wanted) return;
    this.#wanted = wanted;
    if (wanted) {
      document.addEventListener('visibilitychange', this.#visible);
      void this.#take();
    } else {
      document.removeEventListener('visibilitychange', this.#visible);
      void this.#lock?.release();
      this.#lock = null;
      this.#onChange(false);
    }
  }

  readonly #visible = (): void => {
    if (document.visibilityState === 'visible') void this.#take();
  };

  async #take(): Promise<void> {
    const browser: Partial<Pick<Navigator, 'wakeLock'>> = navigator;
    try {
      const lock = (await browser.wakeLock?.request('screen')) ?? null;
      if (this.#wanted) {
        this.#lock = lock;
        this.#onChange(lock === null);
      } else await lock?.release();
    } catch {
      // Refused, for instance on a low battery: the screen may go dark, which the view says.
      if (this.#wanted) this.#onChange(document.visibilityState === 'visible');
    }
  }
}
