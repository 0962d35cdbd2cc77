/** Keeps the screen on while something is looked at. The system drops the lock with a hidden page; it is taken again. */
export class WakeLock {
  #wanted = false;
  #isAsking = false;
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
      this.#drop();
      this.#onChange(false);
    }
  }

  readonly #visible = (): void => {
    if (document.visibilityState === 'visible') void this.#take();
  };

  /** At most one lock is held and one is asked for: one that nobody knows of would keep the screen on for good. */
  async #take(): Promise<void> {
    if (this.#isAsking || this.#lock?.released === false) return;
    this.#isAsking = true;
    const lock = await request();
    this.#isAsking = false;
    this.#lock = lock;
    if (!this.#wanted) {
      this.#drop();
      return;
    }
    lock?.addEventListener('release', () => this.#released(lock));
    // A page that was hidden meanwhile is refused, and asks again when it is seen.
    this.#onChange(lock === null && document.visibilityState === 'visible');
  }

  /** Taken away from a page that is seen, as on a low battery: the screen may go dark, which the view says. */
  #released(lock: WakeLockSentinel): void {
    if (this.#lock !== lock) return;
    this.#lock = null;
    if (this.#wanted && document.visibilityState === 'visible') this.#onChange(true);
  }

  #drop(): void {
    const lock = this.#lock;
    this.#lock = null;
    lock?.release().catch(() => undefined);
  }
}

async function request(): Promise<WakeLockSentinel | null> {
  const browser: Partial<Pick<Navigator, 'wakeLock'>> = navigator;
  try {
    return (await browser.wakeLock?.request('screen')) ?? null;
  } catch {
    return null;
  }
}
