import type { Page } from 'playwright-core';
import { evaluateDetections, summarize } from '../../src/evaluation/index.ts';
import type { PredictedImage } from '../../src/evaluation/index.ts';
import type { BackendName, DetectorTask } from '../../src/pipeline/index.ts';
import { ImageDesk } from '../evaluate/image-desk.ts';
import { labelPairs } from '../evaluate/label-pairs.ts';
import type { ImageFile } from '../evaluate/list-images.ts';
import { Progress, say } from '../evaluate/progress.ts';
import { WorkError } from '../evaluate/work-error.ts';
import type { PictureCommand } from './command.ts';
import { inPage } from './in-page.ts';
import { median } from './median.ts';
import type { BenchRequest, Comparison, PicturePeerName } from './page/bench-door.ts';

interface Side {
  readonly medianMs: number;
  /** Null without labels. */
  readonly AP: number | null;
}

/** One line of the benchmark's output. */
export interface BenchLine {
  readonly peer: PicturePeerName;
  readonly task: DetectorTask;
  readonly backend: BackendName;
  readonly threads: number;
  readonly sizePx: number;
  readonly images: number;
  readonly ours: Side;
  readonly theirs: Side;
  /** Our median time over theirs: below 1 we are faster. */
  readonly ratio: number;
  /** The median of our time over theirs picture by picture: steadier than `ratio` on a machine that does other work too. */
  readonly pairedRatio: number;
  /** Our AP less theirs: above 0 we are better. */
  readonly APdifference: number | null;
}

/** Pictures that both sides see before the clock counts. */
const warmUpImages = 3;

/** Lets our engine and one peer look at the same pictures in one page, in turn. Throws WorkError when either fails. */
export async function compareWith(peer: PicturePeerName, page: Page, images: readonly ImageFile[], command: PictureCommand): Promise<BenchLine> {
  const { backend, minScore, labelsPath } = command;
  const task = 'objects';
  const sizePx = command.sizePx.objects;
  const report = await inPage(() => page.evaluate(async (request) => window.lintelBench?.start(request), { peer, task, backend, sizePx, minScore } satisfies BenchRequest));
  say(`${peer}: ${report.backend}, ${report.threads} threads, SIMD ${report.simd ? 'on' : 'off'}`);
  const desk = await ImageDesk.open(page);
  const compare = async ({ path }: ImageFile): Promise<Comparison> => {
    const url = await desk.handIn(path);
    if (!url.ok) throw new WorkError(url.failure.code, url.failure.detail);
    return inPage(() => page.evaluate(async (address) => window.lintelBench?.compare(address), url.value));
  };
  for (const image of images.slice(0, warmUpImages)) await compare(image);
  const progress = new Progress(images.length);
  const compared: Compared[] = [];
  for (const [index, image] of images.entries()) {
    const { size, ours, peer: theirs } = await compare(image);
    compared.push({ file: image.file, size, ours, theirs });
    progress.step(index + 1, `${image.file}: ours ${ours.ms.toFixed(0)} ms, ${peer} ${theirs.ms.toFixed(0)} ms`);
  }
  const ours = await sideOf(compared, 'ours', labelsPath);
  const theirs = await sideOf(compared, 'theirs', labelsPath);
  return {
    ...{ peer, task, backend: report.backend, threads: report.threads, sizePx, images: images.length, ours, theirs },
    ratio: ours.medianMs / theirs.medianMs,
    pairedRatio: median(compared.map((each) => each.ours.ms / each.theirs.ms)),
    APdifference: ours.AP === null || theirs.AP === null ? null : ours.AP - theirs.AP,
  };
}

interface Compared {
  readonly file: string;
  readonly size: Comparison['size'];
  readonly ours: Comparison['ours'];
  readonly theirs: Comparison['peer'];
}

async function sideOf(compared: readonly Compared[], side: 'ours' | 'theirs', labelsPath: string | null): Promise<Side> {
  const medianMs = median(compared.map((each) => each[side].ms));
  if (labelsPath === null) return { medianMs, AP: null };
  const images = compared.map((each): PredictedImage => ({ file: each.file, size: each.size, detections: each[side].found }));
  const pairs = await labelPairs(labelsPath, { images, labels: new Map() });
  return { medianMs, AP: summarize(evaluateDetections(pairs)).AP };
}
