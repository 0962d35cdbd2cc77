import type { Bytes } from '../../base/index.ts';

export { fromHex, toHex } from '../../base/index.ts';
export type { Bytes } from '../../base/index.ts';

/** Random bytes fit for keys. */
export type RandomBytes = (count: number) => Bytes;

export const systemRandom: RandomBytes = (count) => crypto.getRandomValues(new Uint8Array(count));

/** Whether a value of unknown origin is bytes. Their memory may belong to another realm. */
export function isBytes(value: unknown): value is Bytes {
  return ArrayBuffer.isView(value) && Object.prototype.toString.call(value) === '[object Uint8Array]';
}
