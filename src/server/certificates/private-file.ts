import { chmod, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import { dirname } from 'node:path';

/** Writes whole or not at all, readable by this person only; makes the folder, closed to others, when missing. */
export async function writePrivateFile(path: string, content: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const partial = `${path}.${randomUUID()}.partial`;
  await writeFile(partial, content, { mode: 0o600 });
  await rename(partial, path);
}

/** The file's text, or null when there is none. A file that others could read is closed to them first. */
export async function readPrivateFile(path: string): Promise<string | null> {
  try {
    await chmod(path, 0o600);
    return await readFile(path, 'utf8');
  } catch (thrown) {
    const { code } = thrown as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return null;
    throw thrown;
  }
}
