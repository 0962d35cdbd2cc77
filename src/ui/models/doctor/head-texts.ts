import { msg } from '@lit/localize';
import type { Assumption, GuessReason, HeadSpec } from '../../../yolo/index.ts';

/** A way to read the outputs, by the YOLOs that have it. */
export function headText(head: HeadSpec): string {
  switch (head.family) {
    case 'centre':
      return msg('CenterNet: scores and distances per cell');
    case 'v2':
      return msg('YOLOv2: one grid with anchors');
    case 'v3':
      return msg('YOLOv3 or v4: grids with anchors');
    case 'v5':
      return head.form === 'grid' ? msg('YOLOv5 or v7: grids with anchors') : msg('YOLOv5, v6 or v7: boxes with objectness, already decoded');
    case 'v8':
      return head.form === 'grid' ? msg('YOLOv8 to v12 or NanoDet: raw distances per cell') : msg('YOLOv8 to v12: boxes without objectness, already decoded');
    case 'end2end':
      return msg('YOLOv10, YOLO26 or built-in NMS: chosen boxes');
    case 'yolox':
      return msg('YOLOX: raw cells');
    case 'fastestdet':
      return msg('FastestDet: one grid without anchors');
  }
}

/** A reading in one line: its family, the unit of its boxes and whether scores are finished, where it has such. */
export function headSummary(head: HeadSpec): string {
  const coordinates = 'coordinates' in head ? [head.coordinates === 'px' ? msg('boxes in pixels') : msg('boxes in 0 to 1')] : [];
  const logistic = 'logistic' in head ? [head.logistic === 'applied' ? msg('finished scores') : msg('raw scores')] : [];
  const corners = 'boxes' in head && head.boxes === 'corners' ? [msg('two corners')] : [];
  return [headText(head), ...coordinates, ...corners, ...logistic].join(', ');
}

/** What in the outputs speaks for a reading. */
export function reasonText(why: GuessReason): string {
  switch (why) {
    case 'list-of-anchor-boxes':
      return msg('There are as many boxes as three anchors per cell make.');
    case 'list-of-cells':
      return msg('There are as many boxes as cells.');
    case 'list-of-boxes':
      return msg('The output is a list of boxes.');
    case 'chosen-boxes':
      return msg('The output has few rows, each a box with a score and a class.');
    case 'grids-with-anchors':
      return msg('The outputs are grids with several anchors per cell.');
    case 'grids-without-anchors':
      return msg('The outputs are grids with one place per cell.');
    case 'scores-and-sizes':
      return msg('There are two grids: class scores, and distances.');
  }
}

/** What a reading takes for granted, as a part of a list. */
export function assumptionText(assumption: Assumption): string {
  switch (assumption) {
    case 'classes':
      return msg('the number of classes');
    case 'coordinates':
      return msg('the unit of the boxes');
    case 'logistic':
      return msg('whether scores are finished');
    case 'anchors':
      return msg('the anchors, those of a well-known training');
    case 'objectness':
      return msg('whether there is an objectness');
    case 'box-form':
      return msg('centre and size, or corners');
    case 'centre-range':
      return msg('how far a centre may leave its cell');
    case 'score-powers':
      return msg('how objectness and class make the score');
    case 'order':
      return msg('which output is which');
    case 'bins':
      return msg('the bins of the distances');
  }
}
