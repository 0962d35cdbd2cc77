import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

export type Encoding = 'br' | 'gzip';

/** Best first. */
const offered: readonly Encoding[] = ['br', 'gzip'];

/** Nearly the size of the best quality at a small part of its time: files are packed on first request, not at build. */
const brotliQuality = 6;

const toBrotli = promisify(brotliCompress);
const toGzip = promisify(gzip);

/**
 * The encoding to answer with, or null for the plain bytes.
 * Ref: RFC 9110, 12.5.3 (an encoding with weight 0, or under a `*` of weight 0, is not acceptable)
 */
export function chooseEncoding(acceptEncoding: string): Encoding | null {
  const weights = new Map<string, number>();
  for (const item of acceptEncoding.split(',')) {
    const [name = '', ...parameters] = item.split(';').map((part) => part.trim().toLowerCase());
    const weight = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2) ?? '1';
    weights.set(name, Number(weight));
  }
  return offered.find((encoding) => (weights.get(encoding) ?? weights.get('*') ?? 0) > 0) ?? null;
}

/** The packed bytes of a whole body. */
export async function compress(body: Uint8Array, encoding: Encoding): Promise<Uint8Array> {
  if (encoding === 'gzip') return toGzip(body);
  const params = { [constants.BROTLI_PARAM_QUALITY]: brotliQuality, [constants.BROTLI_PARAM_SIZE_HINT]: body.byteLength };
  return toBrotli(body, { params });
}
