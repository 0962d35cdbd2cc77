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
  const grey = new Float32Array(width * height);
  for (let i = 0; i < grey.length; i++) grey[i] = 0.299 * (data[4 * i] as number) + 0.587 * (data[4 * i + 1] as number) + 0.114 * (data[4 * i + 2] as number);
  return { width, height, grey };
}

/** Scaled to a square: each new pixel is the mean of the area that it covers, parts of pixels by their part. */
export function resizedGrey({ width, height, grey }: GreyImage, side: number): GreyImage {
  const across = resizedRows(grey, width, height, side);
  return { width: side, height: side, grey: turned(resizedRows(turned(across, side, height), height, side, side), side, side) };
}

/** Every row of a picture by itself, from `width` pixels to `side`. */
function resizedRows(grey: Float32Array, width: number, rows: number, side: number): Float32Array {
  const out = new Float32Array(side * rows);
  const scale = width / side;
  for (let x = 0; x < side; x++) {
    const [from, to] = [x * scale, (x + 1) * scale];
    for (let column = Math.floor(from); column < Math.min(width, Math.ceil(to)); column++) {
      const share = (Math.min(to, column + 1) - Math.max(from, column)) / scale;
      for (let row = 0; row < rows; row++) out[row * side + x] = (out[row * side + x] as number) + share * (grey[row * width + column] as number);
    }
  }
  return out;
}

/** Rows become columns. */
function turned(grey: Float32Array, width: number, height: number): Float32Array {
  const out = new Float32Array(width * height);
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) out[x * height + y] = grey[y * width + x] as number;
  return out;
}
