import { constants } from 'node:fs';
import { access, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { messageOf } from '../../src/base/index.ts';
import { WorkError } from './work-error.ts';

/** Found out before the work, not after it. Throws WorkError. */
export async function checkWritable(path: string): Promise<void> {
  try {
    await access(dirname(path), constants.W_OK);
  } catch (thrown) {
    throw new WorkError('cannot-write', `${path}: ${messageOf(thrown)}`);
  }
}

/** Writes JSON and never leaves half a file behind. */
export async function writeWhole(path: string, content: object): Promise<void> {
  const partPath = `${path}.part`;
  await writeFile(partPath, `${JSON.stringify(content)}\n`);
  await rename(partPath, path);
}
