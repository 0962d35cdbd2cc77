import { extname } from 'node:path';

export interface ContentType {
  readonly type: string;
  /** Whether gzip or brotli makes it notably smaller. */
  readonly compressible: boolean;
}

const text = (type: string): ContentType => ({ type: `${type}; charset=utf-8`, compressible: true });
const packed = (type: string): ContentType => ({ type, compressible: false });

const byExtension: Readonly<Record<string, ContentType>> = {
  '.html': text('text/html'),
  '.css': text('text/css'),
  '.js': text('text/javascript'),
  '.mjs': text('text/javascript'),
  '.json': text('application/json'),
  '.map': text('application/json'),
  '.svg': text('image/svg+xml'),
  '.txt': text('text/plain'),
  '.webmanifest': text('application/manifest+json'),
  '.wasm': { type: 'application/wasm', compressible: true },
  '.avif': packed('image/avif'),
  '.ico': packed('image/x-icon'),
  '.jpg': packed('image/jpeg'),
  '.png': packed('image/png'),
  '.webp': packed('image/webp'),
  '.woff2': packed('font/woff2'),
};

/** The content type of a file by its name; weights and whatever else is unknown are plain bytes. */
export function contentTypeOf(path: string): ContentType {
  return byExtension[extname(path).toLowerCase()] ?? packed('application/octet-stream');
}
