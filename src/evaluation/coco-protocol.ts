/**
 * The constants of COCO's detection protocol.
 * Ref: Lin et al., Microsoft COCO: Common Objects in Context, 2014; detection evaluation page of cocodataset.org.
 */

/** An object belongs to a range when min <= area <= max, in square pixels. Both ends belong: 1024 is small and medium. */
export interface AreaRange {
  readonly name: AreaName;
  readonly minPx2: number;
  readonly maxPx2: number;
}

export type AreaName = 'all' | 'small' | 'medium' | 'large';

/** `count` evenly spaced numbers from `first` to `last`: first + i * step, and exactly `last` at the end. */
function evenly(first: number, last: number, count: number): readonly number[] {
  const step = (last - first) / (count - 1);
  return Array.from({ length: count }, (_, i) => (i === count - 1 ? last : first + i * step));
}

/** 0.50, 0.55 ... 0.95 */
export const iouThresholds = evenly(0.5, 0.95, 10);

/** 0, 0.01 ... 1: where precision is read off the curve. */
export const recallPoints = evenly(0, 1, 101);

const veryLarge = 1e10;

export const areaRanges: Readonly<Record<AreaName, AreaRange>> = {
  all: { name: 'all', minPx2: 0, maxPx2: veryLarge },
  small: { name: 'small', minPx2: 0, maxPx2: 32 ** 2 },
  medium: { name: 'medium', minPx2: 32 ** 2, maxPx2: 96 ** 2 },
  large: { name: 'large', minPx2: 96 ** 2, maxPx2: veryLarge },
};

/** Most detections of one class that are looked at in one image. */
export const maxDetectionsPerImage = 100;

/** The parts of the protocol's table that the twelve numbers are made of. */
export const slices = {
  all1: { area: 'all', maxDetections: 1 },
  all10: { area: 'all', maxDetections: 10 },
  all100: { area: 'all', maxDetections: 100 },
  small100: { area: 'small', maxDetections: 100 },
  medium100: { area: 'medium', maxDetections: 100 },
  large100: { area: 'large', maxDetections: 100 },
} as const satisfies Record<string, { readonly area: AreaName; readonly maxDetections: number }>;

export type SliceName = keyof typeof slices;

export const sliceNames = Object.keys(slices) as readonly SliceName[];
