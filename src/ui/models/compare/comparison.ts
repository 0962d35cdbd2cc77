import type { Result } from '../../../base/index.ts';
import { ok } from '../../../base/index.ts';
import type { Frame } from '../../../camera/index.ts';
import { VideoFrameSource, stillFrame } from '../../../camera/index.ts';
import type { Size } from '../../../geometry/index.ts';
import type { EngineFailure, FrameResult } from '../../../pipeline/index.ts';
import type { ImportedFailure } from '../../../store/index.ts';
import { playOn } from '../../live/live-screens.ts';
import { paint } from '../../live/paint.ts';
import type { GivenFile } from '../given-files.ts';
import type { ModelShelf, ShelfModel } from '../model-shelf.ts';
import type { TrialModel, Workbench } from '../workbench.ts';
import type { ClassMap } from './class-map.ts';
import { classMap } from './class-map.ts';
import type { CompareFailure } from './compare-failure-text.ts';
import type { GivenPicture, PictureLabels } from './labelled-pictures.ts';
import { pictureSet } from './labelled-pictures.ts';
import type { Tally } from './tally.ts';
import { counted, emptyTally } from './tally.ts';

type Pair<T> = readonly [T, T];

export interface CompareState {
  readonly phase: 'running' | 'done' | 'failed';
  /** What is looked at: pictures that come to an end, or a stream that does not. */
  readonly source: 'pictures' | 'stream';
  readonly done: number;
  /** All pictures; of a stream, those that it has given so far. */
  readonly total: number;
  /** Pictures or label files that could not be read. */
  readonly unreadable: number;
  readonly tallies: Pair<Tally>;
  /** The picture that was looked at last, and what both models saw in it. */
  readonly picture: HTMLCanvasElement | null;
  readonly pictureSize: Size | null;
  readonly results: Pair<FrameResult | null>;
  readonly failure: CompareFailure | null;
}

export interface ComparisonParts {
  readonly workbench: Workbench;
  readonly shelf: Pick<ModelShelf, 'read'>;
  readonly onState: (state: CompareState) => void;
}

/** Scores below this do not change a precision much and only cost time. */
const scoreWithLabels = 0.01;
/** What is drawn, and reported where nothing is measured. */
const scoreShown = 0.25;

const beginning: CompareState = {
  phase: 'running',
  source: 'pictures',
  done: 0,
  total: 0,
  unreadable: 0,
  tallies: [emptyTally, emptyTally],
  picture: null,
  pictureSize: null,
  results: [null, null],
  failure: null,
};

/** Runs two models over the same pictures, one picture after the other, both on each, so that neither has a better hour. */
export class Comparison {
  readonly #parts: ComparisonParts;
  readonly #canvas = document.createElement('canvas');
  #state: CompareState = beginning;
  /** Rises with every run; an older one stops at its next step. */
  #run = 0;
  #endStream: (() => void) | null = null;

  constructor(parts: ComparisonParts) {
    this.#parts = parts;
  }

  /** Ends the run; what was counted stays. */
  stop(): void {
    this.#leave();
    if (this.#state.phase === 'running') this.#set({ phase: 'done' });
  }

  /** On one picture that is shown already. */
  async onPicture(models: Pair<ShelfModel>, picture: HTMLCanvasElement): Promise<void> {
    const run = this.#begin({ total: 1 });
    const read = await this.#read(models);
    if (!read.ok) { this.#fail({ of: 'kept-model', cause: read.failure, detail: read.failure.detail }); return; }
    await this.#look(run, read.value, picture, null, [unmapped, unmapped]);
    this.#end(run);
  }

  /** On the pictures among some files, with the labels among them. */
  async onFiles(models: Pair<ShelfModel>, files: readonly GivenFile[]): Promise<void> {
    const run = this.#begin({});
    const [set, read] = [await pictureSet(files), await this.#read(models)];
    if (!set.ok) { this.#fail({ of: 'pictures', cause: set.failure, detail: set.failure.detail }); return; }
    if (!read.ok) { this.#fail({ of: 'kept-model', cause: read.failure, detail: read.failure.detail }); return; }
    const { pictures, classNames } = set.value;
    const maps = models.map(({ card }) => classMap(classNames, card?.labels ?? [])) as unknown as Pair<ClassMap>;
    this.#set({ total: pictures.length });
    for (const given of pictures) {
      if (run !== this.#run) return;
      const opened = await this.#open(given);
      if (opened) await this.#look(run, read.value, this.#canvas, opened.labels, maps);
      else this.#set({ unreadable: this.#state.unreadable + 1, total: this.#state.total - 1 });
    }
    this.#end(run);
  }

  /**
   * On what a video element shows, a camera or a film, until it is stopped. Each frame is looked at by both before the next
   * is taken; a film that stands still is played meanwhile.
   */
  async onStream(models: Pair<ShelfModel>, video: HTMLVideoElement): Promise<void> {
    const run = this.#begin({ source: 'stream' });
    const read = await this.#read(models);
    if (run !== this.#run) return;
    if (!read.ok) { this.#fail({ of: 'kept-model', cause: read.failure, detail: read.failure.detail }); return; }
    const source = new VideoFrameSource(video, this.#parts.workbench.ledger);
    const isStill = video.paused;
    this.#endStream = () => {
      source.stop();
      if (isStill) video.pause();
    };
    source.start((frame) => void this.#lookAtFrame(run, read.value, source, frame));
    if (isStill) await playOn(video);
  }

  /** While both models look, the source makes no frames; it goes on counting what it is given. */
  async #lookAtFrame(run: number, models: Pair<TrialModel>, source: VideoFrameSource, frame: Frame): Promise<void> {
    source.maxFps = 0;
    try {
      paint(this.#canvas, frame.bitmap, frame.info.size);
    } finally {
      frame.close();
    }
    this.#set({ total: source.counts.seen });
    await this.#look(run, models, this.#canvas, null, [unmapped, unmapped]);
    source.maxFps = Infinity;
  }

  /** Paints a picture and reads its labels; null when either cannot be read. */
  async #open({ file, labelsAt }: GivenPicture): Promise<{ readonly labels: PictureLabels | null } | null> {
    const opened = await stillFrame(file, this.#parts.workbench.ledger);
    if (!opened.ok) return null;
    const frame = opened.value;
    try {
      paint(this.#canvas, frame.bitmap, frame.info.size);
      const labels = await labelsAt?.(frame.info.size);
      if (labels && !labels.ok) return null;
      return { labels: labels?.value ?? null };
    } finally {
      frame.close();
    }
  }

  async #look(run: number, models: Pair<TrialModel>, picture: HTMLCanvasElement, labels: PictureLabels | null, maps: Pair<ClassMap>): Promise<void> {
    const results: FrameResult[] = [];
    const { source, done } = this.#state;
    // They take turns at being first: neither has the warmer caches.
    const turned = done % 2 === 1;
    for (const model of turned ? [...models].reverse() : models) {
      const frame = this.#parts.workbench.ledger.record(0, await createImageBitmap(picture));
      const looked: Result<FrameResult, EngineFailure> = await this.#parts.workbench.look(model, frame, labels ? scoreWithLabels : scoreShown, source === 'stream' ? 'live' : 'still');
      if (run !== this.#run) return;
      if (!looked.ok) { this.#fail({ of: 'run', cause: looked.failure, detail: looked.failure.detail }); return; }
      const [fault] = looked.value.faults;
      if (fault) { this.#fail({ of: 'run', cause: { code: 'model-mismatch', detail: fault.failure.detail }, detail: fault.failure.detail }); return; }
      results.push(looked.value);
    }
    const [first, second] = (turned ? results.reverse() : results) as unknown as Pair<FrameResult>;
    const { tallies } = this.#state;
    this.#set({
      done: done + 1,
      tallies: [counted(tallies[0], first, labels, maps[0]), counted(tallies[1], second, labels, maps[1])],
      picture,
      pictureSize: { width: picture.width, height: picture.height },
      results: [shown(first), shown(second)],
    });
  }

  async #read(models: Pair<ShelfModel>): Promise<Result<Pair<TrialModel>, ImportedFailure>> {
    const read: TrialModel[] = [];
    for (const { id, task } of models) {
      const imported = await this.#parts.shelf.read(id);
      if (!imported.ok) return imported;
      read.push({ task, imported: imported.value });
    }
    return ok(read as unknown as Pair<TrialModel>);
  }

  #begin(patch: Partial<CompareState>): number {
    this.#leave();
    this.#state = beginning;
    this.#set(patch);
    return this.#run;
  }

  /** Nothing of an earlier run is shown any more. */
  #leave(): void {
    this.#run++;
    this.#endStream?.();
    this.#endStream = null;
  }

  #end(run: number): void {
    if (run === this.#run && this.#state.phase === 'running') this.#set({ phase: 'done' });
  }

  #fail(failure: CompareFailure): void {
    this.#leave();
    this.#set({ phase: 'failed', failure });
  }

  #set(patch: Partial<CompareState>): void {
    this.#state = { ...this.#state, ...patch };
    this.#parts.onState(this.#state);
  }
}

const unmapped: ClassMap = (classId) => classId;

function shown(result: FrameResult): FrameResult {
  return { ...result, objects: result.objects.filter(({ score }) => score >= scoreShown), faces: result.faces.filter(({ score }) => score >= scoreShown) };
}
