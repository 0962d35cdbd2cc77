import type { Failure, Result } from '../../base/index.ts';
import { ok } from '../../base/index.ts';
import type { RgbaImage } from '../../faces/index.ts';
import { chipRegion, greyOf, moirePeak, qualityGate, realScore, shotOf, usualBars } from '../../faces/index.ts';
import type { FaceVectorModel } from '../../faces/tf.ts';
import type { Region, Size } from '../../geometry/index.ts';
import type { FaceFacts, PointList } from '../../landmarks/index.ts';
import type { FaceEvidence, StageTimings } from '../protocol.ts';
import type { EvidenceModels } from './evidence-models.ts';
import type { ModelOutput } from './output-watch.ts';

/** What is wanted of one look at a face. */
export interface EvidenceWish {
  /** `if-good`: a descriptor is made of a shot that passes the quality gate. */
  readonly descriptor: 'always' | 'if-good' | 'no';
  readonly cues: boolean;
  readonly chip: boolean;
}

interface Timed<T> {
  readonly value: T;
  readonly outputs: readonly ModelOutput[];
  readonly timings: StageTimings;
}

type Outcome<T> = Result<Timed<T>, Failure<'non-finite-output'>>;

interface Cues {
  readonly liveness: number | null;
  readonly antispoof: number | null;
  readonly moire: number | null;
}

const noCues: Cues = { liveness: null, antispoof: null, moire: null };

/** A grid of pixels is looked for in a part of the face of this side, as the camera saw it. */
const moireSidePx = 64;

/** Looks once at the face with these points, 0..1 of the bitmap. The value is null where there is no room for a face. The bitmap stays the caller's. */
export async function lookForEvidence(models: EvidenceModels, bitmap: ImageBitmap, tMs: number, points68: PointList, facts: FaceFacts, wish: EvidenceWish): Promise<Outcome<FaceEvidence | null>> {
  const watch = new EvidenceWatch();
  const frame: Size = { width: bitmap.width, height: bitmap.height };
  const { card } = models.descriptor;
  const region = chipRegion(points68, frame, card);
  if (!region) return ok({ value: null, outputs: watch.outputs, timings: watch.spent });
  const chip = models.pixels.read(bitmap, region, card.input);
  const verdict = qualityGate(shotOf(points68, frame, facts, region, chip), usualBars);
  watch.end('preprocessMs');
  const isGood = verdict.instruction === 'ok';
  let descriptor: FaceEvidence['descriptor'] = null;
  if (wish.descriptor === 'always' || (wish.descriptor === 'if-good' && isGood)) {
    const values = await vectorOf(models.descriptor, bitmap, region, watch);
    if (!values.ok) return values;
    descriptor = { modelId: card.id, values: values.value };
  }
  const cues = wish.cues ? await cuesOf(models, bitmap, points68, region, watch) : ok(noCues);
  if (!cues.ok) return cues;
  return ok({ value: { tMs, verdict, descriptor, ...cues.value, chip: wish.chip ? chip : null }, outputs: watch.outputs, timings: watch.spent });
}

/** Runs every model once on one region. */
export async function runEvidenceModels({ descriptor, liveness, antispoof }: EvidenceModels, bitmap: ImageBitmap, region: Region): Promise<Outcome<null>> {
  const watch = new EvidenceWatch();
  for (const model of [descriptor, liveness, antispoof]) {
    const values = await vectorOf(model, bitmap, region, watch);
    if (!values.ok) return values;
  }
  return ok({ value: null, outputs: watch.outputs, timings: watch.spent });
}

async function cuesOf({ liveness, antispoof, pixels }: EvidenceModels, bitmap: ImageBitmap, points68: PointList, region: Region, watch: EvidenceWatch): Promise<Result<Cues, Failure<'non-finite-output'>>> {
  const scores: (number | null)[] = [];
  for (const model of [liveness, antispoof]) {
    const square = chipRegion(points68, bitmap, model.card);
    const values = square && (await vectorOf(model, bitmap, square, watch));
    if (values && !values.ok) return values;
    scores.push(values && realScore(values.value, model.card));
  }
  const [live = null, real = null] = scores;
  const moire = moireOf(bitmap, region, (part) => pixels.read(bitmap, part, part.sizePx));
  watch.end('postprocessMs');
  return ok({ liveness: live, antispoof: real, moire });
}

/** Not turned and not scaled: either would take the grid away. */
function moireOf({ width, height }: ImageBitmap, { centrePx, sizePx }: Region, read: (part: Region) => RgbaImage): number | null {
  const half = moireSidePx / 2;
  const [x, y] = [Math.round(centrePx.x), Math.round(centrePx.y)];
  const isInside = x >= half && y >= half && x + half <= width && y + half <= height;
  if (!isInside || Math.min(sizePx.width, sizePx.height) < moireSidePx) return null;
  return moirePeak(greyOf(read({ centrePx: { x, y }, sizePx: { width: moireSidePx, height: moireSidePx }, angleRad: 0 })));
}

async function vectorOf(model: FaceVectorModel, bitmap: ImageBitmap, region: Region, watch: EvidenceWatch): Promise<Result<Float32Array, Failure<'non-finite-output'>>> {
  const run = await model.run(bitmap, [region]);
  if (!run.ok) return run;
  watch.add(run.value.timings, run.value.digests.map((digest) => ({ modelId: model.card.id, digest })));
  return ok(run.value.vectors[0] as Float32Array);
}

/** Adds up what a look spends, in its own work and in the models that it runs, and what those gave. */
class EvidenceWatch {
  readonly #outputs: ModelOutput[] = [];
  #spent: StageTimings = { preprocessMs: 0, modelMs: 0, postprocessMs: 0 };
  #sinceMs = performance.now();

  get spent(): StageTimings {
    return this.#spent;
  }

  get outputs(): readonly ModelOutput[] {
    return this.#outputs;
  }

  /** The time since the last end belongs to this stage. */
  end(stage: keyof StageTimings): void {
    const nowMs = performance.now();
    this.#spent = { ...this.#spent, [stage]: this.#spent[stage] + nowMs - this.#sinceMs };
    this.#sinceMs = nowMs;
  }

  /** The time since the last end was that of a model, by its own account. */
  add({ preprocessMs, modelMs, postprocessMs }: StageTimings, outputs: readonly ModelOutput[]): void {
    this.#outputs.push(...outputs);
    const { preprocessMs: pre, modelMs: model, postprocessMs: post } = this.#spent;
    this.#spent = { preprocessMs: pre + preprocessMs, modelMs: model + modelMs, postprocessMs: post + postprocessMs };
    this.#sinceMs = performance.now();
  }
}
