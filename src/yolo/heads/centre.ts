import * as v from 'valibot';

/**
 * A centre head: a class score per grid cell and the distances from the cell's corner to the four sides of the box,
 * no anchors. Ref: Zhou et al., Objects as Points, arXiv:1904.07850; here with four distances in place of a size.
 */
export const centreHeadSchema = v.strictObject({
  family: v.literal('centre'),
  /** Input pixels per cell. */
  stride: v.pipe(v.number(), v.integer(), v.minValue(1)),
  inputNode: v.string(),
  /** [1, H/stride, W/stride, classes], logistic already applied. */
  scoresNode: v.string(),
  /** [1, H/stride, W/stride, 4]: left, top, right, bottom in input pixels from the cell's corner. */
  sizesNode: v.string(),
  /** Constants of the graph that hold the size of a feature map, each to be fed for another input size. */
  upsampleNodes: v.array(v.strictObject({ node: v.string(), stride: v.pipe(v.number(), v.integer(), v.minValue(1)) })),
});

export type CentreHead = v.InferOutput<typeof centreHeadSchema>;
