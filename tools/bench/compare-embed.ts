import type { Page } from 'playwright-core';
import type { Size } from '../../src/geometry/index.ts';
import type { ImageFile } from '../evaluate/list-images.ts';
import { Progress } from '../evaluate/progress.ts';
import { WorkError } from '../evaluate/work-error.ts';
import type { BenchCommand } from './command.ts';
import { ruleOf } from './compare-faces.ts';
import type { Work } from './compare-stream.ts';
import { mean, workIn } from './compare-stream.ts';
import { LibraryPage } from './library-page.ts';
import { median } from './median.ts';
import type { LookPair } from './page/bench-door.ts';
import type { LibraryReport } from './page/peer-door.ts';

interface EmbedSide {
  readonly medianMs: number;
  readonly meanMs: number;
  /** Faces with a descriptor in a frame, on average; in a stream ours may be one of an earlier frame. */
  readonly embeddedPerFrame: number;
}

interface Compared {
  readonly frames: number;
  readonly ours: EmbedSide & { /** Where the time goes. */ readonly work: readonly Work[] };
  readonly theirs: EmbedSide;
  /** How many times faster we are. */
  readonly timesFaster: number;
  readonly timesFasterByMean: number;
}

/** The line of the comparison of detector, 68 points and descriptor together. */
export interface EmbedLine {
  readonly peer: 'face-api';
  readonly task: 'embed';
  readonly model: string;
  readonly frameSize: Size;
  readonly backend: string;
  readonly threads: number;
  readonly library: LibraryReport;
  /** Each picture by itself, with all the care that the app takes of a still. */
  readonly photos: Compared;
  /** Each picture shown as a stream; the library looks at every frame anew, as it knows no streams. */
  readonly video: Compared;
}

/** Frames of a single picture: the first one is not counted. */
const photoTurns = 4;

/** Lets our engine and face-api embed the faces of the same frames, as single photos and as a stream. Throws WorkError when either fails. */
export async function compareEmbed(page: Page, images: readonly ImageFile[], command: BenchCommand): Promise<EmbedLine> {
  const { backend, sizePx, frameSize, holdFrames } = command;
  const [first] = images;
  if (!first) throw new WorkError('images-missing', 'there is no image to show');
  const bench = await LibraryPage.open(page, { library: 'face-api', task: 'embed', care: 'live', ourTasks: ['embed'], backend, sizePx, minScore: null, frameSize });
  const { ours, theirs, compare } = bench.start;
  await bench.stream(first, { frameSize, frames: 3, firstFrame: 0, care: 'still' });
  const progress = new Progress(2 * images.length);
  const photos: LookPair[] = [];
  for (const [index, image] of images.entries()) {
    photos.push(...(await bench.stream(image, { frameSize, frames: photoTurns, firstFrame: 0, care: 'still' })).slice(1));
    progress.step(index + 1, image.file);
  }
  const video: LookPair[] = [];
  for (const [index, image] of images.entries()) {
    video.push(...(await bench.stream(image, { frameSize, frames: holdFrames, firstFrame: video.length, care: 'live' })));
    progress.step(images.length + index + 1, image.file);
  }
  return {
    ...{ peer: 'face-api', task: 'embed', model: ruleOf(compare).modelId, frameSize, backend: ours.backend, threads: ours.threads, library: theirs },
    photos: compared(photos),
    video: compared(video),
  };
}

function compared(pairs: readonly LookPair[]): Compared {
  const sideOf = (side: 'ours' | 'theirs'): EmbedSide => {
    const looks = pairs.map((pair) => pair[side]);
    return { medianMs: median(looks.map(({ ms }) => ms)), meanMs: mean(looks.map(({ ms }) => ms)), embeddedPerFrame: mean(looks.map(({ seen }) => seen.embedded.length)) };
  };
  const [ours, theirs] = [sideOf('ours'), sideOf('theirs')];
  return { frames: pairs.length, ours: { ...ours, work: workIn(pairs) }, theirs, timesFaster: theirs.medianMs / ours.medianMs, timesFasterByMean: theirs.meanMs / ours.meanMs };
}
