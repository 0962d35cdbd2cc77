import * as v from 'valibot';
import type { Failure, Result } from '../base/index.ts';
import { err, ok } from '../base/index.ts';

const sha256 = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/, 'not a lower-case SHA-256'));
const fileName = v.pipe(v.string(), v.regex(/^[\w.-]+$/, 'not a plain file name'));
const positive = v.pipe(v.number(), v.finite(), v.minValue(Number.MIN_VALUE));
const wholePx = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(4096));
const unit = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
const triple = v.tuple([v.number(), v.number(), v.number()]);

const fileSchema = v.strictObject({
  name: fileName,
  /** What the file is to the loader. */
  role: v.picklist(['graph', 'manifest', 'weights']),
  /** Path inside the npm package of `source`. */
  path: v.string(),
  bytes: v.pipe(v.number(), v.integer(), v.minValue(1)),
  sha256,
});

const cardSchema = v.strictObject({
  id: v.pipe(v.string(), v.regex(/^[a-z0-9-]+$/)),
  title: v.string(),
  task: v.picklist(['objects', 'faces']),
  /** `tfjs-graph`: a TensorFlow.js graph model. `tfjs-weights`: named weights whose layers the code builds. */
  format: v.picklist(['tfjs-graph', 'tfjs-weights']),
  source: v.strictObject({ package: v.string(), version: v.string(), origin: v.string() }),
  licence: v.strictObject({ spdx: v.string(), note: v.string() }),
  files: v.pipe(v.array(fileSchema), v.minLength(1)),
  input: v.strictObject({
    layout: v.literal('NHWC'),
    colour: v.literal('rgb'),
    /** Network input = (pixel 0..255 - mean) * scale, per colour channel. */
    mean: triple,
    scale: positive,
    /** Sides are multiples of `multiplePx`, the frame's aspect ratio is kept, the long side is within the bounds. */
    multiplePx: wholePx,
    minPx: wholePx,
    maxPx: wholePx,
    defaultPx: wholePx,
  }),
  /**
   * The ways to look at one picture. A live frame is looked at in the first; a still in all of them, pooled before
   * NMS: a coarse grid misses a face in one position that it finds in another.
   */
  views: v.pipe(v.array(v.strictObject({ mirrored: v.boolean(), scale: v.pipe(v.number(), v.gtValue(0), v.maxValue(1)) })), v.minLength(1)),
  /** The output grid. Its family's own room knows and checks the rest of it. */
  head: v.looseObject({ family: v.string() }),
  /** Class names in the order of the network's classes. */
  labels: v.pipe(v.array(v.string()), v.minLength(1)),
  thresholds: v.strictObject({
    /** Lowest score shown unless the person asks for another. */
    score: unit,
    /** NMS suppresses above this IoU. */
    iou: unit,
    /** The data and the figures behind both. */
    measuredOn: v.string(),
  }),
});

/** Everything the code knows about a model, as checked data: no model is guessed. */
export type ModelCard = v.InferOutput<typeof cardSchema>;

/** The failure of a card that is not what a card must be; the detail names the field. */
export type CardFailure = Failure<'card-invalid'>;

/** Checks parsed JSON and returns it as a card. */
export function readCard(json: unknown): Result<ModelCard, CardFailure> {
  const parsed = v.safeParse(cardSchema, json);
  if (parsed.success) return ok(parsed.output);
  const issue = parsed.issues[0];
  return err('card-invalid', `${v.getDotPath(issue) ?? 'card'}: ${issue.message}`);
}

/** A long side that the card allows: rounded to its multiple, kept within its bounds. */
export function allowedSizePx(input: ModelCard['input'], wantedPx: number): number {
  const rounded = Math.round(wantedPx / input.multiplePx) * input.multiplePx;
  return Math.min(input.maxPx, Math.max(input.minPx, rounded));
}
