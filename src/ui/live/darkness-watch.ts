import { systemClock } from '../../base/index.ts';
import type { CoverState } from '../../camera/index.ts';
import { coverAfter, notCovered, systemTimers } from '../../camera/index.ts';
import { LightMeter } from '../light-meter.ts';

/** Between two looks at the light. */
const everyMs = 500;

/** Tells when a camera's picture has been dark all over for some seconds: a shutter, a thumb, a room without light. */
export class DarknessWatch {
  readonly #onChange: (isDark: boolean) => void;
  #meter: LightMeter | null = null;
  #picture: CanvasImageSource | null = null;
  #state: CoverState = notCovered;
  #cancel: () => void = () => undefined;

  constructor(onChange: (isDark: boolean) => void) {
    this.#onChange = onChange;
  }

  /** Watches this picture from now on; null ends the watching, and the darkness. */
  look(picture: CanvasImageSource | null): void {
    if (picture === this.#picture) return;
    this.#picture = picture;
    this.#cancel();
    this.#set(notCovered);
    if (picture) this.#cancel = systemTimers.after(everyMs, this.#measure);
  }

  readonly #measure = (): void => {
    if (!this.#picture) return;
    this.#meter ??= new LightMeter();
    const light = this.#meter.read(this.#picture, systemClock.nowMs());
    if (light) this.#set(coverAfter(this.#state, light));
    this.#cancel = systemTimers.after(everyMs, this.#measure);
  };

  #set(state: CoverState): void {
    const isNew = state.isCovered !== this.#state.isCovered;
    this.#state = state;
    if (isNew) this.#onChange(state.isCovered);
  }
}
