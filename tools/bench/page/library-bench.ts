import { FrameLedger, pictureLimits, stillFrame } from '../../../src/camera/index.ts';
import type { DescriptorRule } from '../../../src/faces/index.ts';
import { comparisonOfCard } from '../../../src/faces/index.ts';
import type { BoxXyxy } from '../../../src/geometry/index.ts';
import { shippedModels, shippedVectorModels, usualDescriptorId } from '../../../src/runtime/index.ts';
import type { Care, GivenBoxes } from '../../../src/pipeline/index.ts';
import type { LibraryBenchRequest, LibraryBenchStart, Look, LookPair, StillComparison, StreamRequest } from './bench-door.ts';
import { drawMoving } from './moving-picture.ts';
import type { OurEngine } from './ours.ts';
import { startOurs } from './ours.ts';
import { seenByUs } from './ours-seen.ts';
import type { PeerDoor } from './peer-door.ts';

/** The pace of the stream that both sides are told. */
const frameMs = 1000 / 30;

/** Our engine beside a whole library. */
export class LibraryBench {
  readonly #ledger = new FrameLedger();
  readonly #ours: OurEngine;
  readonly #theirs: PeerDoor;
  readonly start: LibraryBenchStart;
  #pairs = 0;

  private constructor(ours: OurEngine, theirs: PeerDoor, start: LibraryBenchStart) {
    this.#ours = ours;
    this.#theirs = theirs;
    this.start = start;
  }

  static async open({ library, task, care, ourTasks, backend, sizePx, minScore, frameSize }: LibraryBenchRequest): Promise<LibraryBench> {
    const scoreOf = (detector: 'objects' | 'faces'): number => minScore ?? shippedModels.find(({ card }) => card.task === detector)?.card.thresholds.score ?? 0;
    const ours = await startOurs({ tasks: ourTasks, backend, minScore: { objects: scoreOf('objects'), faces: scoreOf('faces') }, sizePx, frameSize });
    const theirs = await openPeer();
    return new LibraryBench(ours, theirs, { ours: ours.report, theirs: await theirs.start({ library, task, care }), compare: task === 'embed' ? usualRule() : null });
  }

  async stream({ url, frameSize, frames, firstFrame, care }: StreamRequest): Promise<readonly LookPair[]> {
    const picture = await this.#decode(url);
    const canvas = new OffscreenCanvas(frameSize.width, frameSize.height);
    const pairs: LookPair[] = [];
    try {
      for (let step = 0; step < frames; step++) {
        drawMoving(canvas, picture.bitmap, step);
        const frame = await createImageBitmap(canvas);
        pairs.push(await this.#inTurn(frame, (firstFrame + step) * frameMs, care));
        frame.close();
      }
    } finally {
      picture.close();
    }
    return pairs;
  }

  async still(url: string, personsPx: readonly BoxXyxy[] | null): Promise<StillComparison> {
    const picture = await this.#decode(url);
    try {
      const size = picture.info.size;
      const pair = await this.#inTurn(picture.bitmap, 0, 'still');
      const persons = personsPx?.map(({ x1, y1, x2, y2 }) => ({ x1: x1 / size.width, y1: y1 / size.height, x2: x2 / size.width, y2: y2 / size.height }));
      return { ...pair, size, oursInBoxes: persons ? await this.#lookOurs(picture.bitmap, 0, 'still', { persons }) : null };
    } finally {
      picture.close();
    }
  }

  savedShare(): number | null {
    return this.#theirs.savedShare();
  }

  async #inTurn(frame: ImageBitmap, tMs: number, care: Care): Promise<LookPair> {
    if (this.#pairs++ % 2 === 0) {
      const ours = await this.#lookOurs(frame, tMs, care);
      return { ours, theirs: await this.#lookTheirs(frame, tMs) };
    }
    const theirs = await this.#lookTheirs(frame, tMs);
    return { ours: await this.#lookOurs(frame, tMs, care), theirs };
  }

  /** Each side gets a copy of the pixels, made before the clock starts. */
  async #lookOurs(frame: ImageBitmap, tMs: number, care: Care, given?: GivenBoxes): Promise<Look> {
    const copy = await createImageBitmap(frame);
    const startMs = performance.now();
    const result = await this.#ours.look(copy, tMs, care, given);
    const ms = performance.now() - startMs;
    return { ms, seen: seenByUs(result), runs: result.runs };
  }

  async #lookTheirs(frame: ImageBitmap, tMs: number): Promise<Look> {
    await this.#theirs.prepare(frame, tMs);
    const startMs = performance.now();
    const seen = await this.#theirs.look();
    return { ms: performance.now() - startMs, seen, runs: [] };
  }

  async #decode(url: string): Promise<{ readonly bitmap: ImageBitmap; readonly info: { readonly size: { readonly width: number; readonly height: number } }; close(): void }> {
    const decoded = await stillFrame(await (await fetch(url)).blob(), this.#ledger, { ...pictureLimits, frameSidePx: pictureLimits.sidePx });
    if (!decoded.ok) throw new Error(`${decoded.failure.code}: ${decoded.failure.detail}`);
    return decoded.value;
  }
}

/** How the usual descriptor is compared. */
function usualRule(): DescriptorRule | null {
  const model = shippedVectorModels.find(({ card }) => card.id === usualDescriptorId);
  return model ? (comparisonOfCard(model.card)?.rule ?? null) : null;
}

/** A frame of the page with globals of its own. */
async function openPeer(): Promise<PeerDoor> {
  const frame = document.createElement('iframe');
  frame.src = '/peer.html';
  const loaded = new Promise((resolve) => frame.addEventListener('load', resolve, { once: true }));
  document.body.append(frame);
  await loaded;
  const door = frame.contentWindow?.lintelPeer;
  if (!door) throw new Error('the frame offers no lintelPeer');
  return door;
}
