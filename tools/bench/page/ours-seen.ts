import type { Point, Size } from '../../../src/geometry/index.ts';
import { unitToPx } from '../../../src/geometry/index.ts';
import type { PointList } from '../../../src/landmarks/index.ts';
import type { FrameResult } from '../../../src/pipeline/index.ts';
import type { Seen } from './peer-door.ts';

/** What our engine saw, in pixels and in the words of the comparison. */
export function seenByUs({ objects, faces, poses, size }: FrameResult): Seen {
  return {
    objects: objects.map(({ classId, score, box }) => ({ classId, score, boxPx: unitToPx(box, size) })),
    faces: faces.flatMap(({ landmarks, mesh }) => {
      const points = landmarks ?? mesh;
      return points ? [{ pointsPx: inPx(points, size) }] : [];
    }),
    embedded: faces.flatMap(({ box, evidence }) => (evidence?.descriptor ? [{ boxPx: unitToPx(box, size), values: Array.from(evidence.descriptor.values) }] : [])),
    poses: poses.map(({ score, points }) => ({ score, pointsPx: inPx(points, size) })),
  };
}

function inPx({ xy, scores }: PointList, { width, height }: Size): Point[] {
  return Array.from(scores, (_, i) => ({ x: (xy[2 * i] ?? NaN) * width, y: (xy[2 * i + 1] ?? NaN) * height }));
}
