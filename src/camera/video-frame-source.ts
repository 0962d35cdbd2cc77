import { messageOf } from '../base/index.ts';
import type { Frame, FrameLedger } from './frame.ts';
import { FramePacer } from './frame-pacer.ts';
import { FrameTime } from './frame-time.ts';
import type { PageVisibility } from './page-visibility.ts';
import { onVideoTick } from './video-ticks.ts';

/** What became of the pictures since `start`. seen = made + limited + skipped + hidden + failed + missed + in work. */
export interface SourceCounts {
  /** Pictures that the camera or file presented. */
  readonly seen: number;
  /** Frames handed on. */
  readonly made: number;
  /** Left out because of `maxFps`. */
  readonly limited: number;
  /** Left out because the bitmap before was still being made. */
  readonly skipped: number;
  /** Left out because nobody sees the page. */
  readonly hidden: number;
  /** Gone before the page was called, because it was late. */
  readonly missed: number;
  /** The browser made no bitmap; the reason of the last one is `lastFault`. */
  readonly failed: number;
}

export interface VideoFrameSourceOptions {
  /** Most frames to make a second, decided before any pixel is touched. Default: every frame. */
  readonly maxFps?: number;
  readonly page?: PageVisibility;
}

const zero: SourceCounts = { seen: 0, made: 0, limited: 0, skipped: 0, hidden: 0, missed: 0, failed: 0 };

/** Makes frames of what a video element plays, a camera or a file. At most one bitmap is in the making at any time. */
export class VideoFrameSource {
  /** May change while it runs. */
  maxFps: number;
  readonly #video: HTMLVideoElement;
  readonly #ledger: FrameLedger;
  readonly #page: PageVisibility;
  #counts = zero;
  #lastFault: string | null = null;
  #busy = false;
  #stop: (() => void) | null = null;

  constructor(video: HTMLVideoElement, ledger: FrameLedger, options: VideoFrameSourceOptions = {}) {
    this.#video = video;
    this.#ledger = ledger;
    this.maxFps = options.maxFps ?? Infinity;
    this.#page = options.page ?? document;
  }

  get running(): boolean {
    return this.#stop !== null;
  }

  get counts(): SourceCounts {
    return this.#counts;
  }

  get lastFault(): string | null {
    return this.#lastFault;
  }

  /**
   * Begins again with fresh counts and a fresh time line.
   *
   * @param onFrame takes each frame over: whoever gets it closes it
   * @param onSeen told of every picture, also of those that become no frame: a sign of life
   */
  start(onFrame: (frame: Frame) => void, onSeen: () => void = () => undefined): void {
    this.stop();
    this.#counts = zero;
    const time = new FrameTime();
    const pacer = new FramePacer();
    let current = true;
    const stopTicks = onVideoTick(this.#video, ({ rawMs, fresh }) => {
      onSeen();
      const tMs = time.next(rawMs);
      this.#add({ seen: fresh, missed: fresh - 1 });
      if (this.#page.hidden) this.#add({ hidden: 1 });
      else if (!pacer.due(tMs, this.maxFps)) this.#add({ limited: 1 });
      else if (this.#busy) this.#add({ skipped: 1 });
      else void this.#make(tMs, () => current, onFrame);
    });
    this.#stop = () => {
      current = false;
      stopTicks();
    };
  }

  /** No frame is handed on after this. */
  stop(): void {
    this.#stop?.();
    this.#stop = null;
  }

  async #make(tMs: number, isCurrent: () => boolean, onFrame: (frame: Frame) => void): Promise<void> {
    const bitmap = await this.#bitmap(isCurrent);
    if (bitmap === null) return;
    if (!isCurrent()) {
      bitmap.close();
      return;
    }
    this.#add({ made: 1 });
    onFrame(this.#ledger.record(tMs, bitmap));
  }

  async #bitmap(isCurrent: () => boolean): Promise<ImageBitmap | null> {
    this.#busy = true;
    try {
      return await createImageBitmap(this.#video);
    } catch (thrown) {
      // The element lost its picture between the callback and the copy, as at the change of a track.
      this.#lastFault = messageOf(thrown);
      if (isCurrent()) this.#add({ failed: 1 });
      return null;
    } finally {
      this.#busy = false;
    }
  }

  #add(more: Partial<SourceCounts>): void {
    const sum = { ...this.#counts };
    for (const key of Object.keys(more) as (keyof SourceCounts)[]) sum[key] += more[key] ?? 0;
    this.#counts = sum;
  }
}
