import * as v from 'valibot';

/** Input pixels per cell. */
export const strideSchema = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1024));

/** Bounded, so that a hostile card cannot make a decoder reserve memory without end. */
export const classesSchema = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(10_000));

const sidePx = v.pipe(v.number(), v.finite(), v.gtValue(0));

/** Width and height of each anchor in input pixels. */
export const anchorsPxSchema = v.pipe(v.array(v.tuple([sidePx, sidePx])), v.minLength(1), v.maxLength(32));

/**
 * How the numbers of one grid lie in memory, for A anchors with F fields each:
 * `hwc` [1, rows, columns, A*F] (TensorFlow, darknet here), `chw` [1, A*F, rows, columns] (ONNX),
 * `ahwf` [1, A, rows, columns, F] (the raw heads of PyTorch exports).
 */
export const gridLayoutSchema = v.picklist(['hwc', 'chw', 'ahwf']);
export type GridLayout = v.InferOutput<typeof gridLayoutSchema>;

/** How a list of N places with F fields each lies in memory: `rows` [1, N, F] or `columns` [1, F, N]. */
export const listLayoutSchema = v.picklist(['rows', 'columns']);
export type ListLayout = v.InferOutput<typeof listLayoutSchema>;

/** Whether the network itself ends in the logistic function for objectness and classes, or leaves it to the decoder. */
export const logisticSchema = v.picklist(['applied', 'needed']);

/** `px`: pixels of the network input. `unit`: 0..1 of it. */
export const coordinatesSchema = v.picklist(['px', 'unit']);

/** One grid of a head with anchors. */
export const anchorScaleSchema = v.strictObject({ output: v.string(), stride: strideSchema, anchors: anchorsPxSchema });

/**
 * Where the places of a head without anchors stand: one grid per scale in outputs of their own, or the cells of all
 * scales one after another in a single output, finest grid first or as `strides` says.
 */
export const placesSchema = v.variant('kind', [
  v.strictObject({
    kind: v.literal('grids'),
    layout: v.picklist(['hwc', 'chw']),
    scales: v.pipe(v.array(v.strictObject({ output: v.string(), stride: strideSchema })), v.minLength(1), v.maxLength(8)),
  }),
  v.strictObject({
    kind: v.literal('list'),
    output: v.string(),
    layout: listLayoutSchema,
    strides: v.pipe(v.array(strideSchema), v.minLength(1), v.maxLength(8)),
  }),
]);
export type Places = v.InferOutput<typeof placesSchema>;
