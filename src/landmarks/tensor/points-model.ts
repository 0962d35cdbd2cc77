import type { Failure, Result } from '../../base/index.ts';
import { err, ok } from '../../base/index.ts';
import type { Region, Size } from '../../geometry/index.ts';
import { fitOfRegion } from '../../geometry/index.ts';
import type { PointsCard } from '../../runtime/index.ts';
import { InputSampler, StageWatch } from '../../runtime/tf.ts';
import type { CropPoints } from '../decode/crop-points.ts';
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
  /** Where to look in the next frame, laid by these points. */
  readonly region: Region;
  readonly timings: { readonly preprocessMs: number; readonly modelMs: number; readonly postprocessMs: number };
}

/** Where to look next, by what was found in this region. */
export type NextRegion = (points: PointList, frame: Size, region: Region) => Region;

/** Finds the points of one face or one body in a region of a bitmap. Holds the network's tensors until `dispose`. */
export class PointsModel {
  readonly card: PointsCard;
  readonly #network: PointsNetwork;
  readonly #sampler: InputSampler;
  readonly #nextRegion: NextRegion;

  constructor(card: PointsCard, network: PointsNetwork, nextRegion: NextRegion) {
    const { colour, mean, scale, pad } = card.input;
    this.card = card;
    this.#network = network;
    this.#sampler = new InputSampler({ colour, mean, scale, fit: { kind: 'letterbox', align: 'centre', pad } });
    this.#nextRegion = nextRegion;
  }

  /** The bitmap stays the caller's. An output with NaN or infinity in it is refused. */
  async run(bitmap: ImageBitmap, region: Region): Promise<Result<FoundPoints, Failure<'non-finite-output'>>> {
    const frame = { width: bitmap.width, height: bitmap.height };
    const watch = new StageWatch();
    const fit = fitOfRegion(region, this.card.input);
    const input = this.#sampler.sample(bitmap, fit);
    watch.end('preprocessMs');
    const output = await this.#network.predict(input);
    watch.end('modelMs');
    if (!output.finite) return err('non-finite-output', `${this.card.id} gave NaN or infinity`);
    const found: CropPoints = output.decode();
    const points = pointsInFrame(found, fit, frame);
    const next = this.#nextRegion(points, frame, region);
    watch.end('postprocessMs');
    return ok({ points, presence: found.presence, region: next, timings: watch.spent });
  }

  dispose(): void {
    this.#network.dispose();
  }
}

export type FacePointsModel = PointsModel;
export type PosePointsModel = PointsModel;
