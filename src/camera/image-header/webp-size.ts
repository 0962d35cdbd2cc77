import type { StoredSize } from './stored-size.ts';
import { asciiOf } from './byte-window.ts';
import type { ByteWindow } from './byte-window.ts';

/**
 * The size in the first chunk of a WebP file: lossy, lossless or extended.
 * Ref: RFC 9649, sections 2.7 (VP8X) and 3.4 (VP8L); RFC 6386, section 9.1 (VP8 key frame).
 */
export async function webpSize(bytes: ByteWindow): Promise<StoredSize | null> {
  const chunk = await bytes.at(12, 18);
  if (!chunk) return null;
  switch (asciiOf(chunk, 0, 4)) {
    case 'VP8 ':
      return chunk.getUint8(11) === 0x9d && chunk.getUint8(12) === 0x01 && chunk.getUint8(13) === 0x2a
        ? { width: chunk.getUint16(14, true) & 0x3fff, height: chunk.getUint16(16, true) & 0x3fff }
        : null;
    case 'VP8L': {
      if (chunk.getUint8(8) !== 0x2f) return null;
      const bits = chunk.getUint32(9, true);
      return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
    }
    case 'VP8X':
      return { width: uint24(chunk, 12) + 1, height: uint24(chunk, 15) + 1 };
    default:
      return null;
  }
}

function uint24(view: DataView, offset: number): number {
  return view.getUint16(offset, true) + view.getUint8(offset + 2) * 0x10000;
}
