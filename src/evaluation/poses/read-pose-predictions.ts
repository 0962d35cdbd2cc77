import * as v from 'valibot';
import type { Result } from '../../base/index.ts';
import { ok } from '../../base/index.ts';
import type { FormatFailure } from '../parse-json.ts';
import { parseJson } from '../parse-json.ts';
import { cocoSigmas } from './oks.ts';
import type { ScoredPose } from './pose-types.ts';

const finite = v.pipe(v.number(), v.finite());

const predictions = v.object({
  task: v.literal('pose'),
  images: v.array(
    v.object({
      file: v.pipe(v.string(), v.nonEmpty()),
      poses: v.array(v.object({ score: finite, points: v.pipe(v.array(v.strictTuple([finite, finite, finite])), v.length(cocoSigmas.length)) })),
    }),
  ),
});

export interface PredictedPoses {
  readonly file: string;
  readonly found: readonly ScoredPose[];
}

/** Reads the poses that `evaluate predict` writes: 17 points of x, y in pixels of the upright image and a score. */
export function readPosePredictions(text: string): Result<readonly PredictedPoses[], FormatFailure> {
  const parsed = parseJson(text, predictions, 'predictions');
  if (!parsed.ok) return parsed;
  return ok(
    parsed.value.images.map(({ file, poses }) => ({
      file,
      found: poses.map(({ score, points }) => ({ score, pointsPx: points.map(([x, y]) => ({ x, y })) })),
    })),
  );
}
