import * as v from 'valibot';
import type { Result } from '../base/index.ts';
import { ok } from '../base/index.ts';
import type { Size } from '../geometry/index.ts';
import type { FormatFailure } from './parse-json.ts';
import { parseJson } from './parse-json.ts';
import type { ScoredBox } from './types.ts';

const finite = v.pipe(v.number(), v.finite());
const classId = v.pipe(v.number(), v.integer(), v.minValue(0));
const side = v.nullish(v.pipe(v.number(), v.integer(), v.minValue(1)), null);

const predictions = v.object({
  task: v.literal('objects'),
  images: v.array(
    v.object({
      file: v.pipe(v.string(), v.nonEmpty()),
      width: side,
      height: side,
      objects: v.array(
        v.object({ classId, label: v.optional(v.string()), score: finite, box: v.strictTuple([finite, finite, finite, finite]) }),
      ),
    }),
  ),
});

export interface PredictedImage {
  readonly file: string;
  /** Of the upright image; null when the image could not be read. */
  readonly size: Size | null;
  readonly detections: readonly ScoredBox[];
}

export interface PredictedSet {
  readonly images: readonly PredictedImage[];
  /** The detector's own name of each class id it reported. */
  readonly labels: ReadonlyMap<number, string>;
}

/** Reads the object predictions that `evaluate predict` writes: boxes are corners in pixels of the upright image. */
export function readPredictions(text: string): Result<PredictedSet, FormatFailure> {
  const parsed = parseJson(text, predictions, 'predictions');
  if (!parsed.ok) return parsed;
  const labels = new Map<number, string>();
  const images = parsed.value.images.map(({ file, width, height, objects }): PredictedImage => {
    for (const object of objects) {
      if (object.label !== undefined) labels.set(object.classId, object.label);
    }
    const detections = objects.map(({ classId: id, score, box: [x1, y1, x2, y2] }) => ({
      classId: id,
      score,
      boxPx: { x1, y1, x2, y2 },
    }));
    return { file, size: width === null || height === null ? null : { width, height }, detections };
  });
  return ok({ images, labels });
}
