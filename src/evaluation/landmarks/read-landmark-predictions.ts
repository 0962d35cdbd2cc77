import * as v from 'valibot';
import type { Result } from '../../base/index.ts';
import { ok } from '../../base/index.ts';
import type { FormatFailure } from '../parse-json.ts';
import { parseJson } from '../parse-json.ts';
import type { FoundFace } from './landmark-types.ts';
import { landmarkCount } from './landmark-types.ts';

const finite = v.pipe(v.number(), v.finite());
const points = v.pipe(v.array(v.strictTuple([finite, finite])), v.length(landmarkCount));

const predictions = v.object({
  task: v.literal('landmarks'),
  images: v.array(v.object({ file: v.pipe(v.string(), v.nonEmpty()), faces: v.array(v.object({ points68: v.optional(points) })) })),
});

export interface PredictedFaces {
  readonly file: string;
  readonly found: readonly FoundFace[];
}

/**
 * Reads the faces that `evaluate predict --task landmarks` writes: 68 points in pixels of the upright image. A face
 * without points was found by the detector and refused by the model: it counts as not found.
 */
export function readLandmarkPredictions(text: string): Result<readonly PredictedFaces[], FormatFailure> {
  const parsed = parseJson(text, predictions, 'predictions');
  if (!parsed.ok) return parsed;
  return ok(
    parsed.value.images.map(({ file, faces }) => ({
      file,
      found: faces.flatMap(({ points68 }) => (points68 ? [{ pointsPx: points68.map(([x, y]) => ({ x, y })) }] : [])),
    })),
  );
}
