import type { Failure, Result } from '../../base/index.ts';
import { err, ok } from '../../base/index.ts';
import type { BoxXyxy, Candidates, InputFit, Size } from '../../geometry/index.ts';
import { applyToBox, clipToUnit, fitKeepingAspect, invert, nms } from '../../geometry/index.ts';
import type { ModelCard } from '../../runtime/index.ts';
import { allowedSizePx } from '../../runtime/index.ts';
import { InputSampler } from '../../runtime/tf.ts';
import type { GridNetwork } from './grid-network.ts';

export interface DetectRequest {
  /** Long side of the network input; rounded to what the card allows. */
  readonly sizePx: number;
  /** Lowest score to report, 0..1. */
  readonly minScore: number;
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
    const startMs = performance.now();
    const frame = { width: bitmap.width, height: bitmap.height };
    const fit = fitKeepingAspect(frame, allowedSizePx(this.card.input, request.sizePx), this.card.input.multiplePx);
    const input = this.#sampler.sample(bitmap, fit);
    const sampledMs = performance.now();
    const grids = await this.#network.predict(input);
    const predictedMs = performance.now();
    if (!grids.finite) return err('non-finite-output', `${this.card.id} gave NaN or infinity at ${fit.input.width}x${fit.input.height}`);
    const found = this.#toDetections(grids.decode(request.minScore), fit, frame);
    return ok({
      found,
      inputSize: fit.input,
      preprocessMs: sampledMs - startMs,
      modelMs: predictedMs - sampledMs,
      postprocessMs: performance.now() - predictedMs,
    });
  }

  dispose(): void {
    this.#network.dispose();
  }

  #toDetections(candidates: Candidates, fit: InputFit, frame: Size): readonly Detection[] {
    const inputToFrame = invert(fit.frameToInput);
    return nms(candidates, { iouThreshold: this.card.thresholds.iou, maxBoxes }).map((index) => {
      const [x1, y1, x2, y2] = candidates.boxes.subarray(index * 4, index * 4 + 4) as unknown as [number, number, number, number];
      const px = applyToBox(inputToFrame, { x1, y1, x2, y2 });
      const classId = candidates.classIds[index] as number;
      return {
        classId,
        label: this.card.labels[classId] ?? String(classId),
        score: candidates.scores[index] as number,
        box: clipToUnit({ x1: px.x1 / frame.width, y1: px.y1 / frame.height, x2: px.x2 / frame.width, y2: px.y2 / frame.height }),
      };
    });
  }
}
