/**
 * The power of each frequency of a square picture whose side is a power of two, behind a Hann window: side x side, the
 * frequency k of a row in column k, negative ones behind half the side.
 * Ref: Cooley, Tukey 1965, radix 2, along rows, then along columns.
 */
export function powerSpectrum(grey: ArrayLike<number>, side: number): Float64Array {
  const mean = Array.from({ length: side * side }, (_, i) => grey[i] as number).reduce((sum, value) => sum + value, 0) / (side * side);
  const window = (i: number): number => 0.5 - 0.5 * Math.cos((2 * Math.PI * (i + 0.5)) / side);
  const real = Float64Array.from({ length: side * side }, (_, i) => ((grey[i] as number) - mean) * window(i % side) * window(Math.floor(i / side)));
  const imaginary = new Float64Array(side * side);
  for (let row = 0; row < side; row++) transform(real, imaginary, row * side, 1, side);
  for (let column = 0; column < side; column++) transform(real, imaginary, column, side, side);
  return real.map((value, i) => value * value + (imaginary[i] as number) ** 2);
}

/** One line of numbers in place: from `start` on, `step` apart. */
function transform(real: Float64Array, imaginary: Float64Array, start: number, step: number, count: number): void {
  const swap = (list: Float64Array, a: number, b: number): void => {
    const kept = list[a] as number;
    list[a] = list[b] as number;
    list[b] = kept;
  };
  for (let i = 1, j = 0; i < count; i++) {
    let bit = count >> 1;
    for (; j & bit; bit >>= 1) j ^= bit;
    j ^= bit;
    if (i >= j) continue;
    swap(real, start + i * step, start + j * step);
    swap(imaginary, start + i * step, start + j * step);
  }
  for (let size = 2; size <= count; size *= 2) {
    for (let first = 0; first < count; first += size) {
      for (let k = 0; k < size / 2; k++) {
        const angle = (-2 * Math.PI * k) / size;
        const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
        const [a, b] = [start + (first + k) * step, start + (first + k + size / 2) * step];
        const [re, im] = [(real[b] as number) * cos - (imaginary[b] as number) * sin, (real[b] as number) * sin + (imaginary[b] as number) * cos];
        [real[b], imaginary[b]] = [(real[a] as number) - re, (imaginary[a] as number) - im];
        [real[a], imaginary[a]] = [(real[a] as number) + re, (imaginary[a] as number) + im];
      }
    }
  }
}
