import * as v from 'valibot';
import type { Result } from '../base/index.ts';
import type { CardFailure } from './card.ts';
import { aboutShipped, checked, cropInput, positive, unit, wholePx } from './card.ts';

const nodeName = v.pipe(v.string(), v.minLength(1));

const inputSchema = v.strictObject({
  ...cropInput,
  colour: v.literal('rgb'),
  /** Further sizes that the network takes, for crops that are no square. */
  shapes: v.optional(v.pipe(v.array(v.strictObject({ width: wholePx, height: wholePx })), v.minLength(1))),
});

/** How a crop is laid about something: its side by the other's own, its centre moved down. */
const cropSchema = v.strictObject({
  scale: positive,
  /** In sides of the crop; positive down, along the crop's own axis. */
  shiftY: v.pipe(v.number(), v.minValue(-1), v.maxValue(1)),
});

const headSchema = v.variant('family', [
  /** Dense blocks of separable convolutions that give x, y of each point in 0..1 of the input. */
  v.strictObject({ family: v.literal('dense-points'), outputLayer: nodeName }),
  /** A graph that gives x, y, z of each point in input pixels, and how sure it is of a face in 0..1. */
  v.strictObject({ family: v.literal('mesh'), inputNode: nodeName, pointsNode: nodeName, flagNode: nodeName }),
  /**
   * A graph that gives a grid of `stride`-pixel cells: a heat for each point, a heat for the middle of a body, and from
   * there the way to each point (y, x in cells), and from each point's cell the rest of the way (y, x in cells).
   */
  v.strictObject({
    family: v.literal('centre-pose'),
    inputNode: nodeName,
    heatsNode: nodeName,
    centreNode: nodeName,
    waysNode: nodeName,
    offsetsNode: nodeName,
    stride: wholePx,
    /** Sizes of feature maps that the graph holds as constants: they are fed instead, for an input of any shape. */
    upsampleNodes: v.array(v.strictObject({ node: nodeName, stride: wholePx })),
  }),
]);

const pointsCardSchema = v.strictObject({
  ...aboutShipped,
  task: v.picklist(['landmarks', 'mesh', 'pose']),
  input: inputSchema,
  head: headSchema,
  /** How many points it gives. */
  points: v.pipe(v.number(), v.integer(), v.minValue(1)),
  crop: v.strictObject({
    /** About a detector's box: the side of a square as large as the box for a face, both sides for a body, times the scale. */
    ofBox: cropSchema,
    /** About the points of the look before: the longer side of what holds them all for a face, both sides for a body, times the scale. */
    ofPoints: cropSchema,
    measuredOn: v.string(),
  }),
  /** How a still is looked at: so many looks, each in the crop that the points of the one before lay, all of them in a mirror too or none. */
  still: v.strictObject({
    looks: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(5)),
    mirrored: v.boolean(),
    /** Takes the place of `thresholds.presence` in a still, where nobody is followed into nothing. */
    presence: v.optional(unit),
    /** What is done where the two looks of a mirrored pair do not agree. Without it they are believed all the same. */
    doubt: v.optional(
      v.strictObject({
        /** A pair is doubted when its points are so far apart on average, in sides of the crop about them. */
        from: positive,
        /** Where else to begin, by moves of the crop about the box, in its sides. */
        moves: v.array(v.strictObject({ x: v.pipe(v.number(), v.minValue(-1), v.maxValue(1)), y: v.pipe(v.number(), v.minValue(-1), v.maxValue(1)) })),
        measuredOn: v.string(),
      }),
    ),
  }),
  thresholds: v.strictObject({
    /** Below this presence there is nothing of the kind in the crop. */
    presence: unit,
    /** A point below this score is a guess: it bears no crop and no fact. */
    point: unit,
    measuredOn: v.string(),
  }),
});

/** The card of a model that finds the points of one face or one body in a crop. */
export type PointsCard = v.InferOutput<typeof pointsCardSchema>;

/** Checks parsed JSON and returns it as the card of a model of points. */
export function readPointsCard(json: unknown): Result<PointsCard, CardFailure> {
  return checked(v.safeParse(pointsCardSchema, json));
}
