import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import type { Failure, Result } from '../../src/base/index.ts';
import { err, messageOf, ok } from '../../src/base/index.ts';

const folder = '/__input/';

/** Hands image files to a page one at a time, under addresses of the page's own origin: its policy allows no other. */
export class ImageDesk {
  #current: { readonly path: string; readonly body: Buffer } | null = null;
  #handedIn = 0;

  /** Answers the page's requests for images from now on. */
  static async open(page: Page): Promise<ImageDesk> {
    const desk = new ImageDesk();
    await page.route(`**${folder}*`, (route) => {
      const current = desk.#current;
      const asked = new URL(route.request().url()).pathname;
      return current?.path === asked ? route.fulfill({ body: current.body }) : route.abort('failed');
    });
    return desk;
  }

  /** Reads a file and returns the address at which the page finds it, until the next one is handed in. */
  async handIn(file: string): Promise<Result<string, Failure<'unreadable-file'>>> {
    try {
      const path = `${folder}${++this.#handedIn}`;
      this.#current = { path, body: await readFile(file) };
      return ok(path);
    } catch (thrown) {
      return err('unreadable-file', messageOf(thrown));
    }
  }
}
