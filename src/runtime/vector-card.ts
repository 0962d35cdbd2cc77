import * as v from 'valibot';
import type { Result } from '../base/index.ts';
import type { CardFailure } from './card.ts';
import { aboutShipped, checked, cropInput, positive, unit } from './card.ts';

const nodeName = v.pipe(v.string(), v.minLength(1));
const count = v.pipe(v.number(), v.integer(), v.minValue(1));

const inputSchema = v.strictObject({ ...cropInput, colour: v.picklist(['rgb', 'bgr']) });

const headSchema = v.variant('family', [
  /** The residual network of dlib: convolutions whose scale layers follow them, a mean over the cells that are left, one full layer. */
  v.strictObject({ family: v.literal('dlib-resnet'), outputLayer: nodeName }),
  /** A graph with one input and one vector in its output. */
  v.strictObject({ family: v.literal('vector-graph'), inputNode: nodeName, outputNode: nodeName }),
]);

/** How a face is laid into the input. A mean is that of the chip and of its mirror image. */
const chipSchema = v.variant('kind', [
  /** Chosen points come as close as they can to where they are in a mean face, by turn, even scale and shift. */
  v.strictObject({
    kind: v.literal('template'),
    points: v.picklist(['eyes-nose', 'eyes-nose-lips']),
    /** Room about the mean face on each side, in its widths. */
    padding: v.pipe(v.number(), v.minValue(0), v.maxValue(4)),
    mirroredMean: v.boolean(),
    measuredOn: v.string(),
  }),
  /** An upright square about all points: its side by the larger one of theirs, its centre moved down by sides of the square. */
  v.strictObject({
    kind: v.literal('square'),
    scale: positive,
    shiftY: v.pipe(v.number(), v.minValue(-1), v.maxValue(1)),
    mirroredMean: v.boolean(),
    measuredOn: v.string(),
  }),
]);

const compareSchema = v.strictObject({
  metric: v.picklist(['euclidean', 'cosine']),
  /** How far apart the network puts different people: where thresholds come from. */
  impostors: v.strictObject({
    comparisons: count,
    quantiles: v.pipe(v.array(v.strictObject({ rate: unit, distance: v.pipe(v.number(), v.finite(), v.minValue(0)) })), v.minLength(2)),
    measuredOn: v.string(),
  }),
});

const vectorCardSchema = v.pipe(
  v.strictObject({
    ...aboutShipped,
    task: v.picklist(['descriptor', 'liveness', 'antispoof']),
    input: inputSchema,
    head: headSchema,
    /** How many numbers it gives. */
    length: count,
    chip: chipSchema,
    /** Descriptors alone. */
    compare: v.optional(compareSchema),
    /** Scores alone: which number says how real the face is, and at which end of 0..1 real faces are. */
    score: v.optional(v.strictObject({ index: v.pipe(v.number(), v.integer(), v.minValue(0)), realAt: v.picklist([0, 1]), measuredOn: v.string() })),
  }),
  v.check(({ task, compare }) => (task === 'descriptor') === (compare !== undefined), 'a descriptor says how it is compared, a score does not'),
  v.check(({ task, score, length }) => (task !== 'descriptor') === (score !== undefined) && (score?.index ?? 0) < length, 'a score says which of its numbers it is, a descriptor does not'),
);

/** The card of a model that makes numbers of one face: a descriptor to compare, or a score of how real it is. */
export type VectorCard = v.InferOutput<typeof vectorCardSchema>;

/** Checks parsed JSON and returns it as the card of a model of one face's numbers. */
export function readVectorCard(json: unknown): Result<VectorCard, CardFailure> {
  return checked(v.safeParse(vectorCardSchema, json));
}
