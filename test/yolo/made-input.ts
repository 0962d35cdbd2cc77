/**
 * A picture that a machine can make and a network does see something in: smooth noise with discs and stripes on it.
 * The same numbers every time.
 *
 * @returns RGB 0..255, [height, width, 3], row-major
 */
export function madePicture(width: number, height: number): Float32Array {
  const data = new Float32Array(width * height * 3);
  const unit = Math.min(width, height) / 8;
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const ground = 110 + 60 * Math.sin(x / unit + Math.cos(y / (2 * unit))) + 30 * Math.sin(y / (0.7 * unit));
      const disc = Math.hypot((x % (3 * unit)) - 1.5 * unit, (y % (2.5 * unit)) - 1.2 * unit) < unit * 0.9;
      const stripe = (x + 2 * y) % unit < unit / 4;
      for (let channel = 0; channel < 3; channel++, at++) {
        const value = disc ? 40 + 80 * channel : stripe ? 220 - 60 * channel : ground + 15 * channel;
        data[at] = Math.min(255, Math.max(0, value));
      }
    }
  }
  return data;
}
