import { importLimits } from './import-limits.ts';
import { ImportError } from './import-failure.ts';

const forbiddenParts: ReadonlySet<string> = new Set(['', '.', '..', '__proto__', 'constructor', 'prototype']);

/**
 * A path inside a folder or archive, refused when it could lead out of it or mean something to the language. Backslashes
 * are taken as separators first. Example: `model\\group1-shard1of1.bin` becomes `model/group1-shard1of1.bin`.
 *
 * @throws ImportError `path-unsafe`
 */
export function safePath(name: string): string {
  const path = name.replaceAll('\\', '/');
  const parts = path.split('/');
  if (name.length > importLimits.nameLength || /\p{Cc}/u.test(path) || parts.some((part) => forbiddenParts.has(part)) || /^[a-z]:/i.test(path)) {
    throw new ImportError('path-unsafe', `the file name ${JSON.stringify(name.slice(0, 80))} is not accepted`);
  }
  return path;
}

/** The last part of a path. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** The folder of a path, with its slash; empty at the top. */
export function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1);
}
