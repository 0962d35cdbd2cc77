import type { ImportedCard, ModelNotes } from '../../runtime/index.ts';
import type { HeadSpec } from '../heads/read-head.ts';

export type Preprocessing = Pick<ImportedCard['input'], 'colour' | 'mean' | 'scale' | 'fit'>;

const noMean: Preprocessing['mean'] = [0, 0, 0];
/** A grey border of 114 is what YOLOv5, YOLOv8 and YOLOX were trained with. */
const letterbox = { kind: 'letterbox', align: 'centre', pad: 114 } as const;
const stretch = { kind: 'stretch' } as const;

const customs = {
  ultralytics: { colour: 'rgb', mean: noMean, scale: 1 / 255, fit: letterbox },
  /** Ref: github.com/Megvii-BaseDetection/YOLOX, its notes on deployment: BGR, 0..255, the picture in the left upper corner. */
  yolox: { colour: 'bgr', mean: noMean, scale: 1, fit: { ...letterbox, align: 'corner' } },
  /** Ref: github.com/dog-qiuqiu/FastestDet, its example programs. */
  fastestdet: { colour: 'bgr', mean: noMean, scale: 1 / 255, fit: stretch },
  /** Ref: github.com/AlexeyAB/darknet: pictures are stretched unless the network says `letter_box=1`. */
  darknet: { colour: 'rgb', mean: noMean, scale: 1 / 255, fit: stretch },
  centre: { colour: 'rgb', mean: noMean, scale: 1, fit: stretch },
} as const satisfies Record<string, Preprocessing>;

/** How pictures are usually prepared for a network with this head, or with one that is not known yet. */
export function customaryPreprocessing(head: HeadSpec | null, format: ImportedCard['format']): Preprocessing {
  if (format === 'darknet') return customs.darknet;
  switch (head?.family) {
    case 'yolox':
      return customs.yolox;
    case 'fastestdet':
      return customs.fastestdet;
    case 'centre':
      return customs.centre;
    default:
      return customs.ultralytics;
  }
}

/** Whether the file names a program whose preparation is known for sure. */
export function isUltralytics({ description }: ModelNotes): boolean {
  return description?.startsWith('Ultralytics') ?? false;
}
