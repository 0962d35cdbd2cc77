import type { BoxXyxy, Region, Size } from '../../geometry/index.ts';
import { unitToPx } from '../../geometry/index.ts';
import type { PointsCard } from '../../runtime/index.ts';

/** The part of a card that says how a crop is laid. */
export type CropRule = Pick<PointsCard, 'crop' | 'input'>;

/** The upright crop for a detector's box of a face, in 0..1 of the frame: a square about it, by the box's area, as the card says. */
export function regionOfFaceBox(box: BoxXyxy, frame: Size, card: CropRule): Region {
  return squareAbout(box, frame, card, (width, height) => Math.sqrt(width * height));
}

/** The upright crop for a box of a person, in 0..1 of the frame: a square that holds its longer side, as the card says. */
export function regionOfPersonBox(box: BoxXyxy, frame: Size, card: CropRule): Region {
  return squareAbout(box, frame, card, Math.max);
}

/** A box without a size gets a crop of a pixel. */
function squareAbout(box: BoxXyxy, frame: Size, { crop }: CropRule, sideOf: (width: number, height: number) => number): Region {
  const px = unitToPx(box, frame);
  const side = Math.max(sideOf(px.x2 - px.x1, px.y2 - px.y1), 1) * crop.ofBox.scale;
  return {
    centrePx: { x: (px.x1 + px.x2) / 2, y: (px.y1 + px.y2) / 2 + crop.ofBox.shiftY * side },
    sizePx: { width: side, height: side },
    angleRad: 0,
  };
}
