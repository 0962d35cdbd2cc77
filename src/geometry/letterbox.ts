import type { Affine } from './affine.ts';
import { compose, scaleShift } from './affine.ts';
import type { Size } from './types.ts';

/** How a frame becomes a network input: the input's size, and the map from frame pixels to input pixels. */
export interface InputFit {
  readonly input: Size;
  /** Frame pixels to input pixels. What lies outside the frame stays empty. */
  readonly frameToInput: Affine;
}

/**
 * The smallest rectangle of whole `multiple`-pixel cells that holds the frame with its aspect ratio kept and
 * its long side at `longSidePx`. The short side is rounded to the nearest multiple and the frame is scaled to
 * fill the rectangle, so nothing is padded; the aspect ratio is off by half a cell at most.
 * Example: 640x480 with 512 and 32 gives 512x384; 1920x1080 gives 512x288.
 *
 * @param longSidePx a multiple of `multiple`
 */
export function fitKeepingAspect(frame: Size, longSidePx: number, multiple: number): InputFit {
  const scale = longSidePx / Math.max(frame.width, frame.height);
  const side = (px: number): number => Math.max(multiple, Math.round((px * scale) / multiple) * multiple);
  const input = { width: side(frame.width), height: side(frame.height) };
  return { input, frameToInput: scaleShift(input.width / frame.width, input.height / frame.height, 0, 0) };
}

/**
 * The frame scaled evenly and centred in a fixed input, with empty borders.
 * Example: 640x480 in 416x416 is scaled by 0.65 to 416x312 and stands 52 px from the top.
 */
export function fitCentred(frame: Size, input: Size): InputFit {
  const scale = Math.min(input.width / frame.width, input.height / frame.height);
  const tx = (input.width - frame.width * scale) / 2;
  const ty = (input.height - frame.height * scale) / 2;
  return { input, frameToInput: scaleShift(scale, scale, tx, ty) };
}

/** Another look at the same frame in the same input: mirrored left to right, and shrunk about the centre. */
export interface View {
  readonly mirrored: boolean;
  /** 0..1; below 1 leaves empty borders. */
  readonly scale: number;
}

/**
 * The fit of a view. Example: a 512x384 fit mirrored sends the frame's left border to x = 512; at scale 0.5 the
 * frame's corners stand at (128, 96) and (384, 288).
 */
export function fitOfView({ input, frameToInput }: InputFit, view: View): InputFit {
  const sx = view.mirrored ? -view.scale : view.scale;
  const shrink = scaleShift(sx, view.scale, (input.width * (1 - sx)) / 2, (input.height * (1 - view.scale)) / 2);
  return { input, frameToInput: compose(frameToInput, shrink) };
}
