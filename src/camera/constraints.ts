import type { Size } from '../geometry/index.ts';

export type Facing = 'user' | 'environment';

export interface LensWish {
  /** A `Lens.id`; null or absent when any lens will do. */
  readonly lensId?: string | null;
  readonly facing?: Facing;
  /** Wanted size in pixels; the camera's nearest is taken. */
  readonly idealSize?: Size;
}

/** 'any': a wish that cannot be met is dropped in the end. 'this': the lens or the facing must be met. */
export type Insistence = 'any' | 'this';

/**
 * What to ask of the browser, best first: lens, then facing, then size, then anything.
 * A named lens and a facing are asked for as `exact` first, since `ideal` has brought the wrong lens on phones;
 * each is then dropped, and so is the size, since some drivers list modes that they cannot start.
 * Example: `{lensId: 'a', facing: 'user', idealSize: 1280x720}` gives five steps.
 */
export function constraintSteps(wish: LensWish, insistence: Insistence = 'any'): readonly MediaTrackConstraints[] {
  const size = wish.idealSize ? { width: { ideal: wish.idealSize.width }, height: { ideal: wish.idealSize.height } } : null;
  const lens = wish.lensId ? { deviceId: { exact: wish.lensId } } : null;
  const facing = wish.facing ? { facingMode: { exact: wish.facing } } : null;
  const insisted = [lens, facing].filter((part) => part !== null);
  if (insistence === 'this' && insisted.length > 0) {
    const first = insisted.slice(0, 1);
    return first.flatMap((part) => (size ? [{ ...part, ...size }, part] : [part]));
  }
  const steps: MediaTrackConstraints[] = insisted.map((part) => ({ ...part, ...size }));
  if (wish.facing) steps.push({ facingMode: { ideal: wish.facing }, ...size });
  else if (size) steps.push(size);
  steps.push({});
  return steps;
}
