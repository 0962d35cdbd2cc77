import type { Size } from '../../../src/geometry/index.ts';

/** Frames until the movement repeats itself: four seconds at 30 frames a second. */
const period = 120;
/** How much larger than the frame the picture gets at the height of the movement, and how far it wanders, in frames. */
const zoom = 0.2;
const wander = 0.06;

/**
 * Draws one frame of a picture that is slowly panned and zoomed, as a hand-held camera moves: up to 0.4 % of the frame's
 * side from frame to frame. At step 0 all of the picture is in the frame, as large as fits, black beside it.
 *
 * @param canvas of the frame's size
 */
export function drawMoving(canvas: OffscreenCanvas, picture: ImageBitmap, step: number): void {
  const { width, height }: Size = canvas;
  const turn = (2 * Math.PI * step) / period;
  const scale = Math.min(width / picture.width, height / picture.height) * (1 + (zoom * (1 - Math.cos(turn))) / 2);
  const [w, h] = [picture.width * scale, picture.height * scale];
  const context = canvas.getContext('2d');
  if (!context) throw new Error('no canvas to draw frames on');
  context.fillStyle = 'black';
  context.fillRect(0, 0, width, height);
  context.drawImage(picture, (width - w) / 2 + width * wander * Math.sin(turn), (height - h) / 2 + (height * wander * Math.sin(2 * turn)) / 2, w, h);
}
