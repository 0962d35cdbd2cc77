import type { HeadSpec } from '../heads/read-head.ts';

/** NanoDet's own grid has a fourth stride. */
const nanodetStrides = 4;

/**
 * The overlap (IoU) above which the lesser of two boxes of a class falls, as the authors of a family set it in their
 * programs. A network that chooses its boxes itself must not have its choice thinned out: 1.
 *
 * Ref: FastestDet `utils/tool.py` 0.45; darknet `examples/detector.c` 0.45; YOLOv5 `detect.py` 0.45; YOLOX
 * `yolox/exp/yolox_base.py` 0.65; Ultralytics `cfg/default.yaml` 0.7; NanoDet `nanodet_plus_head.py` 0.6. Centre heads name
 * none; 0.6 drops what two neighbouring cells both see.
 */
export function customaryOverlap(head: HeadSpec | null): number {
  switch (head?.family) {
    case 'end2end':
      return 1;
    case 'v2':
    case 'v3':
    case 'v5':
    case 'fastestdet':
      return 0.45;
    case 'yolox':
      return 0.65;
    case 'v8':
      return head.form === 'grid' && head.places.kind === 'list' && head.places.strides.length === nanodetStrides ? 0.6 : 0.7;
    default:
      return 0.6;
  }
}
