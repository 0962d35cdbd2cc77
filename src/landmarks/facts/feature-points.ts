/** Which points of a model a fact is read from. Sides are the person's own. */
export interface EyePoints {
  /** The corner towards the temple, then the one towards the nose. */
  readonly corners: readonly [outer: number, inner: number];
  /** Pairs of the upper and the lower lid. */
  readonly lids: readonly (readonly [upper: number, lower: number])[];
  readonly contour: readonly number[];
}

export interface FeaturePoints {
  readonly rightEye: EyePoints;
  readonly leftEye: EyePoints;
  readonly mouth: {
    readonly corners: readonly [right: number, left: number];
    /** Pairs of the inner edges of the lips. */
    readonly gaps: readonly (readonly [upper: number, lower: number])[];
    /** The middles of the lips' outer edges. */
    readonly middle: readonly [upper: number, lower: number];
  };
}

/** Whose points they are: the 68 landmarks or the mesh. */
export type FacePointsKind = 'landmarks' | 'mesh';

/** Ref: as the tables of the points in `points/`. */
export const featurePoints: Readonly<Record<FacePointsKind, FeaturePoints>> = {
  landmarks: {
    rightEye: { corners: [36, 39], lids: [[37, 41], [38, 40]], contour: [36, 37, 38, 39, 40, 41] },
    leftEye: { corners: [45, 42], lids: [[44, 46], [43, 47]], contour: [42, 43, 44, 45, 46, 47] },
    mouth: { corners: [48, 54], gaps: [[61, 67], [62, 66], [63, 65]], middle: [51, 57] },
  },
  mesh: {
    rightEye: {
      corners: [33, 133],
      lids: [[160, 144], [159, 145], [158, 153]],
      contour: [33, 7, 163, 144, 145, 153, 154, 155, 133, 173, 157, 158, 159, 160, 161, 246],
    },
    leftEye: {
      corners: [263, 362],
      lids: [[387, 373], [386, 374], [385, 380]],
      contour: [263, 249, 390, 373, 374, 380, 381, 382, 362, 398, 384, 385, 386, 387, 388, 466],
    },
    mouth: { corners: [61, 291], gaps: [[82, 87], [13, 14], [312, 317]], middle: [0, 17] },
  },
};
