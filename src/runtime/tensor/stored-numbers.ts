import type { Quantisation } from '../import/model-facts.ts';

/** How the numbers of an input or output are stored. Whole numbers without a quantisation stand for themselves. */
export interface StoredForm {
  readonly type: 'float32' | 'float16' | 'uint8' | 'int8';
  readonly quantisation: Quantisation | null;
}

export type StoredNumbers = Float32Array | Uint8Array<ArrayBuffer> | Int8Array<ArrayBuffer> | Uint16Array<ArrayBuffer>;

/** Numbers as an input stores them: rounded and kept in range where they are whole, as bits where they are float16. */
export function toStored(values: Float32Array, form: StoredForm & { readonly type: 'float32' | 'uint8' }): Float32Array | Uint8Array<ArrayBuffer>;
export function toStored(values: Float32Array, form: StoredForm): StoredNumbers;
export function toStored(values: Float32Array, { type, quantisation }: StoredForm): StoredNumbers {
  switch (type) {
    case 'float32':
      return values;
    case 'float16':
      return Uint16Array.from(values, halfBits);
    case 'uint8':
      return Uint8Array.from(values, wholeNumber(quantisation, 0, 255));
    case 'int8':
      return Int8Array.from(values, wholeNumber(quantisation, -128, 127));
  }
}

/**
 * The numbers that an output stands for. Example: uint8 with scale 0.5 and zero point 10 gives -5 for 0 and 1 for 12.
 *
 * @param isHalf whether whole numbers are the bits of float16
 */
export function fromStored(data: ArrayLike<number> | ArrayLike<bigint>, quantisation: Quantisation | null = null, isHalf = false): Float32Array {
  if (data instanceof Float32Array) return data;
  if (isHalf && data instanceof Uint16Array) return Float32Array.from(data, halfValue);
  const values = Float32Array.from(data as ArrayLike<number>, Number);
  if (quantisation) for (let i = 0; i < values.length; i++) values[i] = ((values[i] as number) - quantisation.zeroPoint) * quantisation.scale;
  return values;
}

function wholeNumber(quantisation: Quantisation | null, least: number, most: number): (value: number) => number {
  const { scale, zeroPoint } = quantisation ?? { scale: 1, zeroPoint: 0 };
  return (value) => Math.min(most, Math.max(least, Math.round(value / scale) + zeroPoint));
}

const single = new Float32Array(1);
const singleBits = new Uint32Array(single.buffer);

/** Ref: IEEE 754-2019, binary16: 1 bit of sign, 5 of exponent with a bias of 15, 10 of fraction; ties go to even. */
function halfBits(value: number): number {
  single[0] = value;
  const bits = singleBits[0] as number;
  const sign = (bits >>> 16) & 0x8000;
  const magnitude = Math.abs(value);
  if (!(magnitude < 65_520)) return sign | (magnitude > 0 ? 0x7c00 : 0x7e00);
  // Below 2^-14 the steps are 2^-24 wide, above they double with every power of two.
  const exponent = Math.max(-14, Math.floor(Math.log2(magnitude || 1)));
  const steps = roundToEven(magnitude / 2 ** (exponent - 10));
  // Steps that round up to the next power of two carry into the exponent by themselves.
  return sign | (magnitude < 2 ** -14 ? roundToEven(magnitude * 2 ** 24) : ((exponent + 15) << 10) + (steps - 1024));
}

function roundToEven(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  return rest > 0.5 || (rest === 0.5 && floor % 2 === 1) ? floor + 1 : floor;
}

function halfValue(bits: number): number {
  const [exponent, fraction] = [(bits >>> 10) & 31, bits & 1023];
  const sign = bits & 0x8000 ? -1 : 1;
  if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN;
  return sign * (exponent === 0 ? fraction * 2 ** -24 : (1 + fraction / 1024) * 2 ** (exponent - 15));
}
