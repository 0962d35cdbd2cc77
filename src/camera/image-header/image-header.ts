import { asciiOf, ByteWindow } from './byte-window.ts';
import { jpegSize } from './jpeg-size.ts';
import type { StoredSize } from './stored-size.ts';
import { webpSize } from './webp-size.ts';

export type ImageFormat = 'png' | 'jpeg' | 'gif' | 'webp' | 'bmp';

/** `size` is null when the file begins like this format but its header is cut short or broken. */
export interface ImageHeader {
  readonly format: ImageFormat;
  readonly size: StoredSize | null;
}

/**
 * Learns an image's size from its own header, without decoding a pixel. Reads a few kilobytes of the blob; never
 * throws on bad bytes.
 *
 * @returns null for a file that is none of the five formats
 */
export async function readImageHeader(blob: Blob): Promise<ImageHeader | null> {
  const bytes = new ByteWindow(blob);
  const magic = await bytes.at(0, Math.min(12, blob.size));
  const format = magic && formatOf(magic);
  return format ? { format, size: await readers[format](bytes) } : null;
}

function formatOf(magic: DataView): ImageFormat | null {
  const text = asciiOf(magic, 0, magic.byteLength);
  if (text.startsWith('\x89PNG\r\n\x1a\n')) return 'png';
  if (text.startsWith('\xff\xd8\xff')) return 'jpeg';
  if (text.startsWith('GIF87a') || text.startsWith('GIF89a')) return 'gif';
  if (text.startsWith('RIFF') && text.endsWith('WEBP')) return 'webp';
  if (text.startsWith('BM')) return 'bmp';
  return null;
}

const readers: Readonly<Record<ImageFormat, (bytes: ByteWindow) => Promise<StoredSize | null>>> = {
  png: pngSize,
  jpeg: jpegSize,
  gif: gifSize,
  webp: webpSize,
  bmp: bmpSize,
};

/** Ref: W3C PNG, section 11.2.1: IHDR is the first chunk. */
async function pngSize(bytes: ByteWindow): Promise<StoredSize | null> {
  const head = await bytes.at(12, 12);
  return head && asciiOf(head, 0, 4) === 'IHDR' ? { width: head.getUint32(4), height: head.getUint32(8) } : null;
}

/** Ref: GIF89a specification, section 18: the logical screen. */
async function gifSize(bytes: ByteWindow): Promise<StoredSize | null> {
  const head = await bytes.at(6, 4);
  return head && { width: head.getUint16(0, true), height: head.getUint16(2, true) };
}

/** Ref: Windows BITMAPCOREHEADER (12 bytes, 16-bit sizes) and BITMAPINFOHEADER (a negative height is stored top down). */
async function bmpSize(bytes: ByteWindow): Promise<StoredSize | null> {
  const head = await bytes.at(14, 12);
  if (!head) return null;
  return head.getUint32(0, true) === 12
    ? { width: head.getUint16(4, true), height: head.getUint16(6, true) }
    : { width: Math.abs(head.getInt32(4, true)), height: Math.abs(head.getInt32(8, true)) };
}
