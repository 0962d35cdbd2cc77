import type { BoxXyxy, Region, Size } from '../../geometry/index.ts';
import { unitToPx } from '../../geometry/index.ts';
import type { PointsCard } from '../../runtime/index.ts';
import { shapedRegion } from './input-shape.ts';

/** The part of a card that says how a crop is laid. */
export type CropRule = Pick<PointsCard, 'crop' | 'input'>;

/** The upright crop for a detector's box of a face, in 0..1 of the frame: a square about it, by the box's area, as the card says. */
export function regionOfFaceBox(box: BoxXyxy, frame: Size, card: CropRule): Region {
  return regionAbout(box, frame, card, (width, height) => {
    const side = Math.sqrt(width * height);
    return { width: side, height: side };
  });
}

/** The upright crop for a box of a person, in 0..1 of the frame: about all of it, in the shape of the model's that fits it. */
export function regionOfPersonBox(box: BoxXyxy, frame: Size, card: CropRule): Region {
  return regionAbout(box, frame, card, (width, height) => ({ width, height }));
}

/** A box without a size gets a crop of a pixel. */
function regionAbout(box: BoxXyxy, frame: Size, { crop, input }: CropRule, sizeOf: (width: number, height: number) => Size): Region {
  const px = unitToPx(box, frame);
  const { scale, shiftY } = crop.ofBox;
  const { width, height } = sizeOf(px.x2 - px.x1, px.y2 - px.y1);
  const size = { width: Math.max(width, 1) * scale, height: Math.max(height, 1) * scale };
  return shapedRegion({ x: (px.x1 + px.x2) / 2, y: (px.y1 + px.y2) / 2 + shiftY * size.height }, size, input);
}
