import * as v from 'valibot';
import type { Failure, Result } from '../base/index.ts';
import { err, ok } from '../base/index.ts';
import { issueText } from './issue-text.ts';

const share = v.pipe(v.number(), v.gtValue(0), v.maxValue(1));
const sha256 = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/, 'not a lower-case SHA-256'));
const fileName = v.pipe(v.string(), v.regex(/^[\w.-]+$/, 'not a plain file name'));
export const positive = v.pipe(v.number(), v.finite(), v.minValue(Number.MIN_VALUE));
export const wholePx = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(4096));
export const unit = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
const triple = v.tuple([v.number(), v.number(), v.number()]);

const fileSchema = v.strictObject({
  name: fileName,
  /** What the file is to the loader. `graph`: a TensorFlow.js graph or a darknet `.cfg`. `model`: everything in one. */
  role: v.picklist(['graph', 'manifest', 'weights', 'model']),
  /** Path inside the npm package of `source`; for an imported model the name that the file came with. */
  path: v.string(),
  bytes: v.pipe(v.number(), v.integer(), v.minValue(1)),
  sha256,
});

/** What every card says about its model. */
const about = {
  id: v.pipe(v.string(), v.regex(/^[a-z0-9-]+$/)),
  title: v.string(),
  licence: v.strictObject({ spdx: v.string(), note: v.string() }),
  files: v.pipe(v.array(fileSchema), v.minLength(1)),
};

/** What a card says about a model that comes with the app. */
export const aboutShipped = {
  ...about,
  /** `tfjs-graph`: a TensorFlow.js graph model. `tfjs-weights`: named weights whose layers the code builds. */
  format: v.picklist(['tfjs-graph', 'tfjs-weights']),
  source: v.strictObject({ package: v.string(), version: v.string(), origin: v.string() }),
};

/** The input of a network that looks at a crop. */
export const cropInput = {
  layout: v.literal('NHWC'),
  /** Network input = (pixel 0..255 - mean) * scale, per channel, in the order of its colours. */
  mean: triple,
  scale: positive,
  /** Grey of what lies outside of the frame. */
  pad: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(255)),
  width: wholePx,
  height: wholePx,
};

const inputSizes = {
  /** Sides are multiples of `multiplePx`, the long side is within the bounds. */
  multiplePx: wholePx,
  minPx: wholePx,
  maxPx: wholePx,
  defaultPx: wholePx,
};

/**
 * How a frame becomes an input. `aspect`: a rectangle of whole cells with the frame's shape, nothing padded.
 * `letterbox`: scaled evenly into the input, centred or in its left upper corner, the rest filled with the grey value
 * `pad`. `stretch`: both sides scaled to the input, whatever the shape.
 */
const fitSchema = v.variant('kind', [
  v.strictObject({ kind: v.literal('aspect') }),
  v.strictObject({ kind: v.literal('letterbox'), align: v.picklist(['centre', 'corner']), pad: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(255)) }),
  v.strictObject({ kind: v.literal('stretch') }),
]);

const shippedInputSchema = v.strictObject({
  layout: v.literal('NHWC'),
  colour: v.literal('rgb'),
  /** Network input = (pixel 0..255 - mean) * scale, per colour channel. */
  mean: triple,
  scale: positive,
  ...inputSizes,
  fit: v.optional(fitSchema, { kind: 'aspect' }),
});

const importedInputSchema = v.pipe(
  v.strictObject({
    /** Order of the axes; what is not NHWC is turned before a second runtime gets it. */
    layout: v.picklist(['NHWC', 'NCHW']),
    /** Order of the channels. */
    colour: v.picklist(['rgb', 'bgr']),
    /** Network input = (pixel 0..255 - mean) * scale, per channel, in the order of `colour`. */
    mean: triple,
    scale: positive,
    ...inputSizes,
    fit: fitSchema,
    /** The one size that the network takes; without it any within the bounds. */
    fixedPx: v.optional(v.strictObject({ width: wholePx, height: wholePx })),
  }),
  v.check(({ fit, fixedPx }) => !fixedPx || fit.kind !== 'aspect', 'an input of one size cannot follow the shape of the frame'),
);

const detectorFields = {
  task: v.picklist(['objects', 'faces']),
  /**
   * The ways to look at one picture. A live frame is looked at in the first; a still in all of them, pooled before
   * NMS: a coarse grid misses a face in one position that it finds in another. `inputShare` takes a smaller input, in which a
   * face that is too large for the network has a size that it knows, and `leastSide` leaves the others to the larger
   * inputs: boxes count from so much of the long side of the picture on. A quick look takes those that are `near`, from
   * that side on: together they find what is near.
   */
  views: v.pipe(v.array(v.strictObject({ mirrored: v.boolean(), scale: share, inputShare: v.optional(share), leastSide: v.optional(unit), near: v.optional(unit) })), v.minLength(1)),
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
};

const shippedCardSchema = v.strictObject({
  ...aboutShipped,
  ...detectorFields,
  input: shippedInputSchema,
});

const importedCardSchema = v.strictObject({
  ...about,
  ...detectorFields,
  /** `tfjs-layers`: a Keras model in TensorFlow.js form. */
  format: v.picklist(['tfjs-graph', 'tfjs-layers', 'darknet', 'onnx', 'tflite']),
  /** Where the person says it comes from; may be empty. */
  source: v.strictObject({ imported: v.literal(true), origin: v.string() }),
  input: importedInputSchema,
});

/** The card of a model that comes with the app. */
export type ShippedCard = v.InferOutput<typeof shippedCardSchema>;

/** The card of a model that a person brought, drafted by the model doctor and corrected by the person. */
export type ImportedCard = v.InferOutput<typeof importedCardSchema>;

/** Everything the code knows about a model, as checked data: no model is guessed. */
export type ModelCard = ShippedCard | ImportedCard;

/** The failure of a card that is not what a card must be; the detail names the field. */
export type CardFailure = Failure<'card-invalid'>;

/** Checks parsed JSON and returns it as the card of a model that ships. */
export function readCard(json: unknown): Result<ShippedCard, CardFailure> {
  return checked(v.safeParse(shippedCardSchema, json));
}

/** Checks a card that was stored or drafted for an imported model. */
export function readImportedCard(json: unknown): Result<ImportedCard, CardFailure> {
  return checked(v.safeParse(importedCardSchema, json));
}

export function checked<T>(parsed: { success: true; output: T } | { success: false; issues: [v.BaseIssue<unknown>, ...v.BaseIssue<unknown>[]] }): Result<T, CardFailure> {
  if (parsed.success) return ok(parsed.output);
  return err('card-invalid', issueText(parsed.issues[0]));
}

/** A long side that the card allows: rounded to its multiple, kept within its bounds. */
export function allowedSizePx(input: Pick<ModelCard['input'], 'multiplePx' | 'minPx' | 'maxPx'>, wantedPx: number): number {
  const rounded = Math.round(wantedPx / input.multiplePx) * input.multiplePx;
  return Math.min(input.maxPx, Math.max(input.minPx, rounded));
}
