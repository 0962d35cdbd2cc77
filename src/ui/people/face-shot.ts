import type { FaceTemplate, RgbaImage } from '../../faces/index.ts';
import type { Photo } from '../../store/index.ts';

/** One good look at a face: what is kept of it, and what it looked like, which is not. */
export interface FaceShot {
  readonly template: FaceTemplate;
  readonly chip: RgbaImage | null;
}

/** The aligned face as a picture; null where none came with the shot. */
export function imageOf(chip: RgbaImage): ImageData {
  return new ImageData(Uint8ClampedArray.from(chip.data), chip.width, chip.height);
}

/** A kept file as a picture; null where the browser cannot open it. */
export async function pictureOf({ type, bytes }: Photo): Promise<RgbaImage | null> {
  const bitmap = await createImageBitmap(new Blob([bytes], { type })).catch(() => null);
  if (!bitmap) return null;
  const { width, height } = bitmap;
  const context = new OffscreenCanvas(width, height).getContext('2d');
  context?.drawImage(bitmap, 0, 0);
  bitmap.close();
  return context ? { width, height, data: context.getImageData(0, 0, width, height).data } : null;
}

/** The aligned face as a file to be kept. */
export async function photoOf({ chip, template }: FaceShot): Promise<Photo | null> {
  if (!chip) return null;
  const canvas = new OffscreenCanvas(chip.width, chip.height);
  const context = canvas.getContext('2d');
  if (!context) return null;
  context.putImageData(imageOf(chip), 0, 0);
  const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.9 });
  return { type: 'image/jpeg', bytes: new Uint8Array(await blob.arrayBuffer()), takenAtMs: template.takenAtMs };
}
