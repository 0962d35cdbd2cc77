import type { StoredSize } from './stored-size.ts';
import type { ByteWindow } from './byte-window.ts';

/** Cameras write a dozen segments, large profiles and depth maps some hundreds; a file with more is not a photo. */
const mostSegments = 4_096;

/**
 * Walks from segment to segment up to the frame header (SOF), which holds height and width.
 * Ref: ITU-T T.81, B.1 and B.2.2.
 */
export async function jpegSize(bytes: ByteWindow): Promise<StoredSize | null> {
  let at = 2;
  for (let segment = 0; segment < mostSegments; segment++) {
    const head = await bytes.at(at, 4);
    if (head?.getUint8(0) !== 0xff) return null;
    const marker = head.getUint8(1);
    // Any number of 0xff may stand before a marker.
    if (marker === 0xff) at += 1;
    else if (isAlone(marker)) at += 2;
    else if (marker === 0xd9 || marker === 0xda) return null;
    else if (isFrameHeader(marker)) {
      const frame = await bytes.at(at + 5, 4);
      return frame && { width: frame.getUint16(2), height: frame.getUint16(0) };
    } else {
      const length = head.getUint16(2);
      if (length < 2) return null;
      at += 2 + length;
    }
  }
  return null;
}

/** SOF0 to SOF15 without DHT, JPG and DAC, which share their range. */
function isFrameHeader(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}

/** TEM, RST0 to RST7 and SOI have no length. */
function isAlone(marker: number): boolean {
  return marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8);
}
