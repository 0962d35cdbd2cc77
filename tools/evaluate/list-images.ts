import { readdir, stat } from 'node:fs/promises';
import { basename, extname, join, relative, resolve, sep } from 'node:path';
import type { Failure, Result } from '../../src/base/index.ts';
import { err, messageOf, ok } from '../../src/base/index.ts';

export interface ImageFile {
  readonly path: string;
  /** Path inside the folder that was asked for, with forward slashes: the name in the output. */
  readonly file: string;
}

const imageTypes = ['.jpg', '.jpeg', '.png', '.webp', '.avif', '.gif', '.bmp'];

/**
 * The images at a path: the file itself, whatever its name, or everything below a folder that has the name of an
 * image, in the order of the names.
 */
export async function listImages(path: string): Promise<Result<readonly ImageFile[], Failure<'images-missing'>>> {
  const root = resolve(path);
  try {
    if (!(await stat(root)).isDirectory()) return ok([{ path: root, file: basename(root) }]);
    const entries = await readdir(root, { recursive: true, withFileTypes: true });
    const images = entries
      .filter((entry) => !entry.isDirectory() && imageTypes.includes(extname(entry.name).toLowerCase()))
      .map((entry) => join(entry.parentPath, entry.name))
      .map((file) => ({ path: file, file: relative(root, file).split(sep).join('/') }))
      .sort((a, b) => (a.file < b.file ? -1 : 1));
    return images.length > 0 ? ok(images) : err('images-missing', `${path} holds no image (${imageTypes.join(' ')})`);
  } catch (thrown) {
    return err('images-missing', `${path}: ${messageOf(thrown)}`);
  }
}
