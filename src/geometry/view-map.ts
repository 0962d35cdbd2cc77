import type { Affine } from './affine.ts';
import { compose, scaleShift } from './affine.ts';
import type { Size } from './types.ts';

export type ObjectFit = 'cover' | 'contain';

/**
 * The map from 0..1 of the upright, unmirrored frame to pixels of the view that shows it with CSS `object-fit`,
 * centred. Mirroring happens here and nowhere else, so labels drawn at mapped points stay readable.
 * Example: a 640x480 frame contained in 320x320 puts (0, 0) at (0, 40) and, mirrored, at (320, 40).
 */
export function unitToView(frame: Size, view: Size, fit: ObjectFit, mirrored: boolean): Affine {
  const ratios = [view.width / frame.width, view.height / frame.height] as const;
  const scale = fit === 'cover' ? Math.max(...ratios) : Math.min(...ratios);
  const shown = { width: frame.width * scale, height: frame.height * scale };
  const placed = scaleShift(shown.width, shown.height, (view.width - shown.width) / 2, (view.height - shown.height) / 2);
  return mirrored ? compose(placed, scaleShift(-1, 1, view.width, 0)) : placed;
}
