import type { Page } from 'playwright-core';
import type { Result } from '../../src/base/index.ts';
import { err } from '../../src/base/index.ts';
import type { BoxXyxy } from '../../src/geometry/index.ts';
import type { FrameResult } from '../../src/pipeline/index.ts';
import type { EvaluateRequest, EvaluateStart } from '../../src/ui/evaluate-door.ts';
import { appFolder, ensureBuiltApp } from './built-app.ts';
import { ImageDesk } from './image-desk.ts';
import type { ModelFile } from './model-desk.ts';
import { handInModel } from './model-desk.ts';
import { openPage } from './open-page.ts';
import { say } from './progress.ts';
import { serveSite } from './serve-site.ts';
import { WorkError } from './work-error.ts';

type Start = Omit<EvaluateRequest, 'modelFiles'>;

/** The evaluation page of the built app in a browser of its own. */
export class AppPage {
  readonly #page: Page;
  readonly #desk: ImageDesk;

  private constructor(page: Page, desk: ImageDesk) {
    this.#page = page;
    this.#desk = desk;
  }

  /** Builds the app where it has to be, opens its page for the work, and closes it again. Throws WorkError when that cannot be done. */
  static async during<T>(backend: EvaluateRequest['backend'], work: (app: AppPage) => Promise<T>): Promise<T> {
    await ensureBuiltApp();
    const site = await serveSite(appFolder);
    try {
      const browser = await openPage(`${site.origin}/evaluate.html`, { softwareWebgl: backend === 'webgl' });
      try {
        return await work(new AppPage(browser.page, await ImageDesk.open(browser.page)));
      } finally {
        await browser.close();
      }
    } finally {
      await site.close();
    }
  }

  /** Starts the pipeline and says on stderr what runs. Throws WorkError when it does not start. */
  async start(request: Start, files: readonly ModelFile[] = []): Promise<EvaluateStart> {
    const modelFiles = await handInModel(this.#page, files);
    const started = await this.#page.evaluate(async (asked) => window.lintelEvaluate?.start(asked), { ...request, modelFiles });
    if (!started) throw new WorkError(noPage.code, noPage.detail);
    if (!started.ok) throw new WorkError(started.failure.code, started.failure.detail);
    const { modelId, report, assumed } = started.value;
    for (const each of assumed) say(`assumed: ${each}`);
    say(`${modelId} on ${report.backend} (${report.threads} threads, SIMD ${report.simd ? 'on' : 'off'})`);
    return started.value;
  }

  /** @param boxesPx boxes to look for points in, in pixels; null lets the detector look */
  async look(path: string, boxesPx: readonly BoxXyxy[] | null = null): Promise<Result<FrameResult>> {
    const address = await this.#desk.handIn(path);
    if (!address.ok) return address;
    const result = await this.#page.evaluate(async (asked) => window.lintelEvaluate?.detect(asked.address, asked.boxesPx), { address: address.value, boxesPx });
    return result ?? err(noPage.code, noPage.detail);
  }
}

const noPage = { code: 'no-evaluation-page', detail: 'the page offers no lintelEvaluate' } as const;
