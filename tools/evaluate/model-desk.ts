import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join, relative, sep } from 'node:path';
import type { Page } from 'playwright-core';
import { messageOf } from '../../src/base/index.ts';
import type { EvaluateRequest } from '../../src/ui/evaluate-door.ts';
import { WorkError } from './work-error.ts';

/** A file of a model of one's own; `name` is its path inside the folder that was given, or its last part. */
export interface ModelFile {
  readonly name: string;
  readonly body: Buffer;
}

const folder = '/__model/';

/** Reads the files that make up a model; a folder stands for everything below it. Throws WorkError when one cannot be read. */
export async function readModelFiles(paths: readonly string[]): Promise<readonly ModelFile[]> {
  const lists = await Promise.all(
    paths.map(async (path) => {
      try {
        if (!(await stat(path)).isDirectory()) return [{ name: basename(path), body: await readFile(path) }];
        const entries = await readdir(path, { recursive: true, withFileTypes: true });
        const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
        return await Promise.all(files.map(async (file) => ({ name: relative(path, file).split(sep).join('/'), body: await readFile(file) })));
      } catch (thrown) {
        throw new WorkError('unreadable-file', `${path}: ${messageOf(thrown)}`);
      }
    }),
  );
  return lists.flat();
}

/** Offers the files to the page under addresses of its own origin: its policy allows no other. */
export async function handInModel(page: Page, files: readonly ModelFile[]): Promise<EvaluateRequest['modelFiles']> {
  await page.route(`**${folder}*`, (route) => {
    const file = files[Number(basename(new URL(route.request().url()).pathname))];
    return file ? route.fulfill({ body: file.body, contentType: 'application/octet-stream' }) : route.abort('failed');
  });
  return files.map(({ name }, i) => ({ name, url: `${folder}${i}` }));
}
