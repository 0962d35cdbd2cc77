/** Places of some of the 68 points in a mean face. */
export interface MeanFace {
  /** Which of the 68 points. */
  readonly indices: readonly number[];
  /** x, y of each, in widths of the mean face. */
  readonly xy: readonly number[];
}

/**
 * The corners of both eyes and the base of the nose: the five points of the chips that dlib's network was trained on.
 * Ref: dlib, image_transforms/interpolation.h, `get_face_chip_details` for five points.
 */
const eyesNose: MeanFace = {
  indices: [45, 42, 36, 39, 33],
  xy: [
    ...[0.8595674595992, 0.2134981538014],
    ...[0.6460604764104, 0.2289674387677],
    ...[0.1205750620789, 0.2137274526848],
    ...[0.3340850613712, 0.2290642403242],
    ...[0.4901123135679, 0.6277975316475],
  ],
};

/**
 * The bridge and the base of the nose, both eyes, and the upper lip: what is left of 51 points when the brows and the lower
 * lip, which move most, are left out.
 * Ref: the same, for 68 points; its mean shape of the points 17 to 67, the points that it skips.
 */
const eyesNoseLips: MeanFace = {
  indices: [27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47, 48, 49, 50, 51, 52, 53, 54, 60, 61, 62, 63, 64],
  xy: [
    ...[0.490127, 0.203352, 0.490127, 0.307009, 0.490127, 0.409805, 0.490127, 0.515625],
    ...[0.36688, 0.587326, 0.426036, 0.609345, 0.490127, 0.628106, 0.554217, 0.609345, 0.613373, 0.587326],
    ...[0.121737, 0.216423, 0.187122, 0.178758, 0.265825, 0.179852, 0.334606, 0.231733, 0.260918, 0.245099, 0.182743, 0.244077],
    ...[0.645647, 0.231733, 0.714428, 0.179852, 0.793132, 0.178758, 0.858516, 0.216423, 0.79751, 0.244077, 0.719335, 0.245099],
    ...[0.254149, 0.780233, 0.340985, 0.745405, 0.428858, 0.727388, 0.490127, 0.742578, 0.551395, 0.727388, 0.639268, 0.745405, 0.726104, 0.780233],
    ...[0.290379, 0.784792, 0.428096, 0.778746, 0.490127, 0.785343, 0.552157, 0.778746, 0.689874, 0.784792],
  ],
};

export const meanFaces = { 'eyes-nose': eyesNose, 'eyes-nose-lips': eyesNoseLips } as const;
