import type { QrReader } from './qr-reader.ts';
import { browserQrReader } from './qr-reader.ts';

/** A reader for browsers that have none of their own. Its code is loaded when it is asked for; throws where that fails. */
export async function libraryQrReader(): Promise<QrReader> {
  const reader = await browserQrReader(await import('qr/decode.js'));
  if (!reader) throw new Error('the library reads no QR codes');
  return reader;
}
