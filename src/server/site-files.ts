import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import type { Failure, Result } from '../base/index.ts';
import { err, messageOf, ok } from '../base/index.ts';
import { contentTypeOf } from './content-types.ts';
import type { Encoding } from './encoding.ts';
import { compress } from './encoding.ts';

/** Smaller bodies fit one network packet anyway. */
const leastBytesToCompress = 1024;

/** One file of the built app, held in memory. */
export interface SiteFile {
  readonly type: string;
  readonly bytes: Uint8Array;
  /** A part of the content's SHA-256, base64url: names this content and no other. */
  readonly digest: string;
  /** The packed bytes, made once and kept; null where packing does not help. */
  encoded(encoding: Encoding): Promise<Uint8Array | null>;
}

/** Files by decoded absolute path: `/assets/app-1a2b3c.js`. What is not in here cannot be served. */
export type SiteFiles = ReadonlyMap<string, SiteFile>;

/** Reads the whole built app. Fails with `site-missing` when the folder does not hold an `index.html`. */
export async function loadSiteFiles(folder: string): Promise<Result<SiteFiles, Failure<'site-missing'>>> {
  const files = new Map<string, SiteFile>();
  try {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    for (const entry of entries.filter((each) => each.isFile())) {
      const file = join(entry.parentPath, entry.name);
      files.set(`/${relative(folder, file).split(sep).join('/')}`, siteFile(entry.name, await readFile(file)));
    }
  } catch (thrown) {
    return err('site-missing', `${folder} cannot be read: ${messageOf(thrown)}`);
  }
  return files.has('/index.html') ? ok(files) : err('site-missing', `${folder} holds no index.html`);
}

/** Wraps the content of one file; the name decides its type. */
export function siteFile(name: string, bytes: Uint8Array): SiteFile {
  const { type, compressible } = contentTypeOf(name);
  const kept = new Map<Encoding, Promise<Uint8Array | null>>();
  return {
    type,
    bytes,
    digest: createHash('sha256').update(bytes).digest('base64url').slice(0, 22),
    encoded: (encoding) => {
      if (!compressible || bytes.byteLength < leastBytesToCompress) return Promise.resolve(null);
      const known = kept.get(encoding) ?? compress(bytes, encoding).then((packed) => (packed.byteLength < bytes.byteLength ? packed : null));
      kept.set(encoding, known);
      return known;
    },
  };
}
