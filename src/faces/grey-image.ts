/** Brightness of a picture, 0..255, row by row. */
export interface GreyImage {
  readonly width: number;
  readonly height: number;
  readonly grey: Float32Array;
}

/** Red, green, blue and alpha of each pixel, as `ImageData` has them. */
export interface RgbaImage {
  readonly width: number;
  readonly height: number;
  readonly data: ArrayLike<number>;
}

/** Ref: ITU-R BT.601, luma. */
export function greyOf({ width, height, data }: RgbaImage): GreyImage {
  const grey = Float32Array.from({ length: width * height }, (_, i) => 0.299 * (data[4 * i] as number) + 0.587 * (data[4 * i + 1] as number) + 0.114 * (data[4 * i + 2] as number));
  return { width, height, grey };
}

/** Scaled to a square by the mean of what each new pixel covers, or the nearest pixel where it covers less than one. */
export function resizedGrey({ width, height, grey }: GreyImage, side: number): GreyImage {
  const out = new Float32Array(side * side);
  for (let y = 0; y < side; y++) {
    const [top, bottom] = spanOf(y, height / side, height);
    for (let x = 0; x < side; x++) {
      const [left, right] = spanOf(x, width / side, width);
      let sum = 0;
      for (let row = top; row < bottom; row++) for (let column = left; column < right; column++) sum += grey[row * width + column] as number;
      out[y * side + x] = sum / ((bottom - top) * (right - left));
    }
  }
  return { width: side, height: side, grey: out };
}

function spanOf(index: number, scale: number, limit: number): readonly [from: number, to: number] {
  const from = Math.min(limit - 1, Math.floor(index * scale));
  return [from, Math.max(from + 1, Math.min(limit, Math.round((index + 1) * scale)))];
}
