import type { Size } from '../../geometry/index.ts';

/** Gives a canvas a size in pixels and fills it with a picture. Throws where the browser has no 2d context left. */
export function paint(canvas: HTMLCanvasElement | OffscreenCanvas, picture: CanvasImageSource, size: Size): void {
  canvas.width = size.width;
  canvas.height = size.height;
  const context = canvas instanceof OffscreenCanvas ? canvas.getContext('2d') : canvas.getContext('2d');
  if (!context) throw new Error('no 2d context for a picture');
  context.drawImage(picture, 0, 0, size.width, size.height);
}
