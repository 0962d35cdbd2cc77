import type { Page } from 'playwright-core';
import type { Size } from '../../src/geometry/index.ts';
import type { StageTimings, TaskName } from '../../src/pipeline/index.ts';
import type { ImageFile } from '../evaluate/list-images.ts';
import { Progress } from '../evaluate/progress.ts';
import { WorkError } from '../evaluate/work-error.ts';
import type { BenchCommand, BenchTask } from './command.ts';
import { LibraryPage } from './library-page.ts';
import { median } from './median.ts';
import type { LookPair } from './page/bench-door.ts';
import type { LibraryReport, Seen } from './page/peer-door.ts';

interface StreamSide {
  readonly medianMs: number;
  /** Holds the frames on which a detector ran, which the median may leave out. */
  readonly meanMs: number;
  /** Objects, faces or bodies found in a frame, on average. */
  readonly foundPerFrame: number;
}

/** What one task of ours did in the stream. */
export interface Work extends StageTimings {
  readonly task: TaskName;
  /** Share of frames on which it ran; the times are the mean of those. */
  readonly share: number;
}

/** The line of a comparison on a stream. */
export interface StreamLine {
  readonly peer: 'human';
  readonly task: BenchTask;
  readonly frameSize: Size;
  readonly frames: number;
  readonly ours: StreamSide & { readonly backend: string; readonly threads: number; readonly simd: boolean; /** Where the time goes. */ readonly work: readonly Work[] };
  readonly theirs: StreamSide & LibraryReport & { /** Share of frames like enough to the one before to save work. */ readonly savedShare: number | null };
  /** Our median time over theirs: below 1 we are faster. */
  readonly ratio: number;
  readonly timesFaster: number;
  readonly timesFasterByMean: number;
}

/** Frames that both sides see before the clock counts. */
const warmUpFrames = 5;

/** Lets our engine and human look at the same stream of frames in one page, in turn. Throws WorkError when either fails. */
export async function compareStream(page: Page, images: readonly ImageFile[], command: BenchCommand): Promise<StreamLine> {
  const { task, backend, sizePx, frameSize, holdFrames } = command;
  if (!isStreamTask(task)) throw new WorkError('no-such-comparison', `human is no peer for ${task}`);
  const bench = await LibraryPage.open(page, { library: 'human', task, care: 'live', ourTasks: [task], backend, sizePx, minScore: null, frameSize });
  const [first] = images;
  if (!first) throw new WorkError('images-missing', 'there is no image to show');
  await bench.stream(first, { frameSize, frames: warmUpFrames, firstFrame: 0, care: 'live' });
  const progress = new Progress(images.length);
  const pairs: LookPair[] = [];
  for (const [index, image] of images.entries()) {
    const shown = await bench.stream(image, { frameSize, frames: holdFrames, firstFrame: warmUpFrames + pairs.length, care: 'live' });
    pairs.push(...shown);
    progress.step(index + 1, `${image.file}: ours ${mean(shown.map(({ ours }) => ours.ms)).toFixed(0)} ms, human ${mean(shown.map(({ theirs }) => theirs.ms)).toFixed(0)} ms`);
  }
  const [ours, theirs] = [sideOf(pairs, 'ours', task), sideOf(pairs, 'theirs', task)];
  const { backend: ourBackend, threads, simd } = bench.start.ours;
  return {
    ...{ peer: 'human', task, frameSize, frames: pairs.length },
    ours: { ...ours, backend: ourBackend, threads, simd, work: workIn(pairs) },
    theirs: { ...theirs, ...bench.start.theirs, savedShare: await bench.savedShare() },
    ratio: ours.medianMs / theirs.medianMs,
    timesFaster: theirs.medianMs / ours.medianMs,
    timesFasterByMean: theirs.meanMs / ours.meanMs,
  };
}

/** Where human's findings of a task are. */
const listOf = { objects: 'objects', mesh: 'faces', pose: 'poses' } as const satisfies Partial<Record<BenchTask, keyof Seen>>;
type StreamTask = keyof typeof listOf;

function isStreamTask(task: BenchTask): task is StreamTask {
  return task in listOf;
}

function sideOf(pairs: readonly LookPair[], side: 'ours' | 'theirs', task: StreamTask): StreamSide {
  const looks = pairs.map((pair) => pair[side]);
  return { medianMs: median(looks.map(({ ms }) => ms)), meanMs: mean(looks.map(({ ms }) => ms)), foundPerFrame: mean(looks.map(({ seen }) => seen[listOf[task]].length)) };
}

/** Where our time went, by task. */
export function workIn(pairs: readonly LookPair[]): readonly Work[] {
  const runs = pairs.flatMap(({ ours }) => ours.runs);
  const frameCount = pairs.length;
  return [...new Set(runs.map(({ task }) => task))].map((task) => {
    const own = runs.filter((run) => run.task === task);
    const meanOf = (stage: keyof StageTimings): number => mean(own.map(({ timings }) => timings[stage]));
    return { task, share: own.length / frameCount, preprocessMs: meanOf('preprocessMs'), modelMs: meanOf('modelMs'), postprocessMs: meanOf('postprocessMs') };
  });
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
