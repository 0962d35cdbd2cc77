import type { Failure, Result } from '../../base/index.ts';
import { err, ok } from '../../base/index.ts';
import type { Affine, BoxXyxy, Candidates, InputFit, Size } from '../../geometry/index.ts';
import { clipToUnit, compose, fitOfView, invert, largeCandidates, mapCandidates, nms, poolCandidates, scaleShift } from '../../geometry/index.ts';
import type { ModelCard, OutputDigest } from '../../runtime/index.ts';
import { inputFit } from '../../runtime/index.ts';
import { InputSampler, StageWatch } from '../../runtime/tf.ts';
import type { GridNetwork } from './grid-network.ts';

export type LookCare = 'live' | 'quick' | 'still';

export interface DetectRequest {
  /** Long side of the network input; rounded to what the card allows, without effect where it fixes the size. */
  readonly sizePx: number;
  /** Lowest score to report, 0..1. */
  readonly minScore: number;
  /** `live` looks once; `quick` looks for what is near, and closely where it finds nothing; `still` looks in every view of the card. */
  readonly care: LookCare;
}

export interface Detection {
  readonly classId: number;
  readonly label: string;
  /** 0..1 */
  readonly score: number;
  /** 0..1 of the frame, cut at its borders. */
  readonly box: BoxXyxy;
}

export interface Detections {
  /** Best first. */
  readonly found: readonly Detection[];
  readonly inputSize: Size;
  /** One of each look. */
  readonly digests: readonly OutputDigest[];
  readonly preprocessMs: number;
  readonly modelMs: number;
  readonly postprocessMs: number;
}

/** As many boxes as COCO's evaluation looks at. */
const maxBoxes = 100;

/** A grid detector: bitmap in, boxes out. Holds the network's tensors until `dispose`. */
export class Detector {
  readonly card: ModelCard;
  readonly #network: GridNetwork;
  readonly #sampler: InputSampler;

  constructor(card: ModelCard, network: GridNetwork) {
    this.card = card;
    this.#network = network;
    this.#sampler = new InputSampler(card.input);
  }

  /** The bitmap stays the caller's. An output with NaN or infinity in it is refused. */
  async run(bitmap: ImageBitmap, request: DetectRequest): Promise<Result<Detections, Failure<'non-finite-output'>>> {
    const frame = { width: bitmap.width, height: bitmap.height };
    const { input } = this.card;
    const fit = inputFit(input, frame, request.sizePx);
    const pool: Candidates[] = [];
    const digests: OutputDigest[] = [];
    const watch = new StageWatch();
    for (const view of viewsFor(request.care, this.card)) {
      const { inputShare } = view;
      const leastSide = (request.care === 'quick' ? view.near : view.leastSide) ?? 0;
      const viewFit = fitOfView(inputShare === undefined ? fit : inputFit(input, frame, request.sizePx * inputShare), view);
      const tensor = this.#sampler.sample(bitmap, viewFit);
      watch.end('preprocessMs');
      const grids = await this.#network.predict(tensor, request.minScore);
      watch.end('modelMs');
      digests.push(grids.digest);
      if (!grids.digest.finite) return err('non-finite-output', `${this.card.id} gave NaN or infinity at ${fit.input.width}x${fit.input.height}`);
      const candidates = largeCandidates(grids.decode(request.minScore), leastSide * Math.max(viewFit.input.width, viewFit.input.height));
      pool.push(mapCandidates(candidates, inputToUnit(viewFit, frame)));
      watch.end('postprocessMs');
    }
    const found = this.#toDetections(poolCandidates(pool));
    watch.end('postprocessMs');
    return request.care === 'quick' && found.length === 0 ? this.run(bitmap, { ...request, care: 'still' }) : ok({ found, inputSize: fit.input, digests, ...watch.spent });
  }

  dispose(): void {
    this.#network.dispose();
  }

  #toDetections(candidates: Candidates): readonly Detection[] {
    return nms(candidates, { iouThreshold: this.card.thresholds.iou, maxBoxes }).map((index) => {
      const [x1, y1, x2, y2] = candidates.boxes.subarray(index * 4, index * 4 + 4) as unknown as [number, number, number, number];
      const classId = candidates.classIds[index] as number;
      return {
        classId,
        label: this.card.labels[classId] ?? String(classId),
        score: candidates.scores[index] as number,
        box: clipToUnit({ x1, y1, x2, y2 }),
      };
    });
  }
}

function viewsFor(care: LookCare, { views }: Pick<ModelCard, 'views'>): ModelCard['views'] {
  if (care === 'still') return views;
  const near = views.filter((view) => view.near !== undefined);
  return care === 'quick' && near.length > 0 ? near : views.slice(0, 1);
}

/** Input pixels to 0..1 of the frame. */
function inputToUnit(fit: InputFit, frame: Size): Affine {
  return compose(invert(fit.frameToInput), scaleShift(1 / frame.width, 1 / frame.height, 0, 0));
}
