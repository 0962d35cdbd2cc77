import type { Failure, Result } from '../../base/index.ts';
import { err, ok } from '../../base/index.ts';
import type { Region, Size } from '../../geometry/index.ts';
import { fitOfRegion } from '../../geometry/index.ts';
import type { OutputDigest, PointsCard } from '../../runtime/index.ts';
import { InputSampler, StageWatch } from '../../runtime/tf.ts';
import { inputOfRegion } from '../crop/input-shape.ts';
import { averagePoints, inMirrorOrder, meanDistancePx } from '../points/average.ts';
import type { PointList } from '../points/point-list.ts';
import { pointsInFrame } from '../points/to-frame.ts';
import type { PointsNetwork } from './points-network.ts';

export interface FoundPoints {
  readonly points: PointList;
  /**
   * How sure the model is that the crop holds what it looks for, 0..1: the flag of the mesh, the mean score of a body's
   * points, 1 for a model that says nothing. Below the card's `thresholds.presence` the points mean nothing.
   */
  readonly presence: number;
  /** False where the points contradict each other or the crop: then they mean nothing. */
  readonly steady: boolean;
  /** Where to look in the next frame, laid by these points. */
  readonly region: Region;
  /** What the network was given. */
  readonly inputSize: Size;
  /** One of each look. */
  readonly digests: readonly OutputDigest[];
  readonly timings: { readonly preprocessMs: number; readonly modelMs: number; readonly postprocessMs: number };
}

/** What the points of one kind of model need beside its card. */
export interface PointsKind {
  /** For each point the one that takes its place in a mirrored picture. */
  readonly mirror: readonly number[];
  /** Where to look next, by what was found in this region. */
  nextRegion(points: PointList, frame: Size, region: Region): Region;
  /** Whether the crop laid by the points of one look follows the one it was made in. */
  follows(next: Region, region: Region): boolean;
}

type Look = Omit<FoundPoints, 'timings' | 'digests'>;

/** What the looks of one run add up to. */
interface RunLog {
  readonly watch: StageWatch;
  readonly digests: OutputDigest[];
}

/** What a look at a still, or a mirrored pair of looks, came to. */
interface Pair extends Look {
  /** How far the points of the two are apart on average, in sides of the crop about them; 0 for a look alone. */
  readonly apart: number;
  /** There is something, and the two agree on it. */
  readonly sound: boolean;
}

/** Finds the points of one face or one body in a region of a bitmap. Holds the network's tensors until `dispose`. */
export class PointsModel {
  readonly card: PointsCard;
  readonly #network: PointsNetwork;
  readonly #kind: PointsKind;
  readonly #sampler: InputSampler;

  constructor(card: PointsCard, network: PointsNetwork, kind: PointsKind) {
    const { colour, mean, scale, pad } = card.input;
    this.card = card;
    this.#network = network;
    this.#kind = kind;
    this.#sampler = new InputSampler({ colour, mean, scale, fit: { kind: 'letterbox', align: 'centre', pad } });
  }

  /**
   * The bitmap stays the caller's. An output with NaN or infinity in it is refused.
   *
   * @param care `live` looks once; `quick` looks again, with a mirror, where the first look says, and closely where these two are
   * doubted; `still` looks as often as the card says
   */
  async run(bitmap: ImageBitmap, region: Region, care: 'live' | 'quick' | 'still' = 'live'): Promise<Result<FoundPoints, Failure<'non-finite-output'>>> {
    const log: RunLog = { watch: new StageWatch(), digests: [] };
    const look = { live: this.#look, quick: this.#lookTwice, still: this.#lookClosely }[care].bind(this);
    const seen = await look(bitmap, region, log);
    return seen ? ok({ ...seen, digests: log.digests, timings: log.watch.spent }) : err('non-finite-output', `${this.card.id} gave NaN or infinity`);
  }

  dispose(): void {
    this.#network.dispose();
  }

  async #lookTwice(bitmap: ImageBitmap, region: Region, log: RunLog): Promise<Look | null> {
    const first = await this.#look(bitmap, region, log);
    if (!first) return null;
    const second = first.steady ? await this.#pair(bitmap, first.region, log) : null;
    return second?.sound ? second : this.#lookClosely(bitmap, region, log);
  }

  /**
   * Looks again where the points of the look before say; stops where there is nothing, and where the next look is doubted
   * more than the one before.
   */
  async #lookClosely(bitmap: ImageBitmap, region: Region, log: RunLog): Promise<Look | null> {
    const { still: { looks }, thresholds } = this.card;
    let seen = await this.#begin(bitmap, region, log);
    for (let count = 1; seen && seen.presence >= thresholds.presence && count < looks; count++) {
      const next = await this.#pair(bitmap, seen.region, log);
      if (next && !next.sound && next.apart >= seen.apart) break;
      seen = next;
    }
    return seen;
  }

  /** The first look at a still. Where it is doubted it is the best of several: a detector's box may miss a part of a face. */
  async #begin(bitmap: ImageBitmap, region: Region, log: RunLog): Promise<Pair | null> {
    let best = await this.#pair(bitmap, region, log);
    for (const { x, y } of this.card.still.doubt?.moves ?? []) {
      if (!best || best.sound) return best;
      const { centrePx, sizePx } = region;
      const moved = await this.#pair(bitmap, { ...region, centrePx: { x: centrePx.x + x * sizePx.width, y: centrePx.y + y * sizePx.height } }, log);
      if (!moved || moved.sound || moved.apart < best.apart) best = moved;
    }
    return best;
  }

  /** A look and one in a mirror, where the card wants it: the mean of both, sound where they agree and there is something. */
  async #pair(bitmap: ImageBitmap, region: Region, log: RunLog): Promise<Pair | null> {
    const { still, thresholds } = this.card;
    const seen = await this.#look(bitmap, region, log);
    if (!seen || !still.mirrored) return seen && { ...seen, apart: 0, sound: seen.presence >= thresholds.presence };
    const mirrored = await this.#look(bitmap, region, log, true);
    if (!mirrored) return null;
    const frame = sizeOf(bitmap);
    const points = averagePoints(seen.points, mirrored.points);
    const presence = (seen.presence + mirrored.presence) / 2;
    const next = this.#kind.nextRegion(points, frame, region);
    const apart = meanDistancePx(seen.points, mirrored.points, frame) / next.sizePx.width;
    const steady = apart < (still.doubt?.from ?? Infinity);
    return { ...seen, points, presence, steady, region: next, apart, sound: steady && presence >= thresholds.presence };
  }

  /** null for an output that is not finite. */
  async #look(bitmap: ImageBitmap, region: Region, log: RunLog, mirrored = false): Promise<Look | null> {
    const frame = sizeOf(bitmap);
    const inputSize = inputOfRegion(region, this.card.input);
    const fit = fitOfRegion(region, inputSize, mirrored);
    const input = this.#sampler.sample(bitmap, fit);
    log.watch.end('preprocessMs');
    const output = await this.#network.predict(input);
    log.watch.end('modelMs');
    log.digests.push(output.digest);
    if (!output.digest.finite) return null;
    const found = output.decode();
    const inFrame = pointsInFrame(found, fit, frame);
    const points = mirrored ? inMirrorOrder(inFrame, this.#kind.mirror) : inFrame;
    const next = this.#kind.nextRegion(points, frame, region);
    log.watch.end('postprocessMs');
    return { points, presence: found.presence, steady: this.#kind.follows(next, region), region: next, inputSize };
  }
}

export type FacePointsModel = PointsModel;
export type PosePointsModel = PointsModel;

function sizeOf({ width, height }: ImageBitmap): Size {
  return { width, height };
}
