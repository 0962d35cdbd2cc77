/** Bytes that WebCrypto takes: never those of shared memory. */
export type Bytes = Uint8Array<ArrayBuffer>;

/** Random bytes fit for keys. */
export type RandomBytes = (count: number) => Bytes;

export const systemRandom: RandomBytes = (count) => crypto.getRandomValues(new Uint8Array(count));

export function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** @param hex an even number of the digits 0..9, a..f */
export function fromHex(hex: string): Bytes {
  return Uint8Array.from({ length: hex.length / 2 }, (_, i) => Number.parseInt(hex.slice(2 * i, 2 * i + 2), 16));
}

/** Whether a value of unknown origin is bytes. Their memory may belong to another realm. */
export function isBytes(value: unknown): value is Bytes {
  return ArrayBuffer.isView(value) && Object.prototype.toString.call(value) === '[object Uint8Array]';
}
