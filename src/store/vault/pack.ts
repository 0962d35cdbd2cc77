import type { Failure, Result } from '../../base/index.ts';
import { err, ok, readBoundedJsonBytes } from '../../base/index.ts';
import type { Bytes } from './bytes.ts';

/** A description and the bytes that it describes. */
export interface Packed {
  /** Of any shape: whoever unpacks it checks it. */
  readonly head: unknown;
  readonly body: Bytes;
}

const lengthBytes = 4;
/** The head of a backup of ten thousand people with photos has some 10 MB. */
const maxHeadBytes = 64 * 1024 * 1024;

/** One run of bytes: length of the head (32 bits, little-endian), the head as JSON in UTF-8, the parts one after the other. */
export function pack(head: unknown, parts: readonly Uint8Array[]): Bytes {
  const text = new TextEncoder().encode(JSON.stringify(head));
  const packed = new Uint8Array(parts.reduce((sum, part) => sum + part.byteLength, lengthBytes + text.byteLength));
  new DataView(packed.buffer).setUint32(0, text.byteLength, true);
  packed.set(text, lengthBytes);
  let at = lengthBytes + text.byteLength;
  for (const part of parts) {
    packed.set(part, at);
    at += part.byteLength;
  }
  return packed;
}

/** The inverse of `pack`. The body is a view of the given bytes. */
export function unpack(bytes: Bytes): Result<Packed, Failure<'damaged'>> {
  if (bytes.byteLength < lengthBytes) return err('damaged', `${bytes.byteLength} bytes have no head`);
  const bodyAt = lengthBytes + new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
  if (bodyAt > bytes.byteLength) return err('damaged', 'the head is longer than the whole');
  const head = readBoundedJsonBytes(bytes.subarray(lengthBytes, bodyAt), maxHeadBytes);
  return head.ok ? ok({ head: head.value, body: bytes.subarray(bodyAt) }) : err('damaged', head.failure.detail);
}
