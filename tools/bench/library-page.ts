import type { Page } from 'playwright-core';
import type { BoxXyxy } from '../../src/geometry/index.ts';
import { ImageDesk } from '../evaluate/image-desk.ts';
import type { ImageFile } from '../evaluate/list-images.ts';
import { say } from '../evaluate/progress.ts';
import { WorkError } from '../evaluate/work-error.ts';
import { inPage } from './in-page.ts';
import type { LibraryBenchRequest, LibraryBenchStart, LookPair, StillComparison, StreamRequest } from './page/bench-door.ts';

/** The benchmark's page with our engine and a library started in it. Every call throws WorkError when it fails there. */
export class LibraryPage {
  readonly #page: Page;
  readonly #desk: ImageDesk;
  readonly start: LibraryBenchStart;

  private constructor(page: Page, desk: ImageDesk, start: LibraryBenchStart) {
    this.#page = page;
    this.#desk = desk;
    this.start = start;
  }

  static async open(page: Page, request: LibraryBenchRequest): Promise<LibraryPage> {
    const start = await inPage(() => page.evaluate(async (asked) => window.lintelBench?.startLibrary(asked), request));
    const { ours, theirs } = start;
    say(`ours: ${ours.backend}, ${ours.threads} threads, SIMD ${ours.simd ? 'on' : 'off'}`);
    say(`${request.library} ${theirs.version}: ${theirs.backend}, ${theirs.threads} threads, SIMD ${theirs.simd ? 'on' : 'off'}`);
    return new LibraryPage(page, await ImageDesk.open(page), start);
  }

  async still(image: ImageFile, personsPx: readonly BoxXyxy[] | null): Promise<StillComparison> {
    const url = await this.#handIn(image);
    return inPage(() => this.#page.evaluate(async (asked) => window.lintelBench?.still(asked.url, asked.personsPx), { url, personsPx }));
  }

  async stream(image: ImageFile, request: Omit<StreamRequest, 'url'>): Promise<readonly LookPair[]> {
    const url = await this.#handIn(image);
    return inPage(() => this.#page.evaluate(async (asked) => window.lintelBench?.stream(asked), { ...request, url }));
  }

  savedShare(): Promise<number | null> {
    return inPage(() => this.#page.evaluate(async () => window.lintelBench?.savedShare()));
  }

  async #handIn({ path }: ImageFile): Promise<string> {
    const url = await this.#desk.handIn(path);
    if (!url.ok) throw new WorkError(url.failure.code, url.failure.detail);
    return url.value;
  }
}
