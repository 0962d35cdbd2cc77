type Anchors = [number, number][];

/**
 * Anchors of well-known heads trained on COCO or VOC, for files that do not carry their own. In input pixels, finest grid
 * first; those of v2 in cells.
 */
export const knownAnchors = {
  /** Ref: arXiv:1804.02767, section 2.3; YOLOv5 uses the same. */
  v3: [
    [[10, 13], [16, 30], [33, 23]],
    [[30, 61], [62, 45], [59, 119]],
    [[116, 90], [156, 198], [373, 326]],
  ],
  /** Ref: darknet's `yolov3-tiny.cfg`, strides 16 and 32. */
  v3Tiny: [
    [[10, 14], [23, 27], [37, 58]],
    [[81, 82], [135, 169], [344, 319]],
  ],
  /** Ref: the model files of arXiv:2207.02696. */
  v7: [
    [[12, 16], [19, 36], [40, 28]],
    [[36, 75], [76, 55], [72, 146]],
    [[142, 110], [192, 243], [459, 401]],
  ],
  /** Ref: darknet's `yolov2.cfg`, trained on COCO. */
  v2Coco: [[0.57273, 0.677385], [1.87446, 2.06253], [3.33843, 5.47434], [7.88282, 3.52778], [9.77052, 9.16828]],
  /** Ref: darknet's `yolov2-voc.cfg`. */
  v2Voc: [[1.3221, 1.73145], [3.19275, 4.00944], [5.05587, 8.09892], [9.47112, 4.84053], [11.2364, 10.0071]],
} as const;

/** A copy that a head may own. */
export function copyOfAnchors(anchors: readonly (readonly [number, number])[]): Anchors {
  return anchors.map(([w, h]) => [w, h]);
}
