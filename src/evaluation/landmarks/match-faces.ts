import type { Point } from '../../geometry/index.ts';
import type { FacePair, FoundFace, LabelledFace } from './landmark-types.ts';

export interface MatchedFaces {
  /** Faces that are judged, each with what was found of it. */
  readonly faces: readonly { readonly truthPx: readonly Point[]; readonly foundPx: readonly Point[] | null }[];
  /** Found where no face is marked. */
  readonly extra: number;
}

/** How far the middles of the points may be apart, as a share of the longer side of the marked face. */
const reach = 0.5;

interface Candidate {
  readonly face: LabelledFace;
  readonly found: FoundFace;
  readonly distance: number;
}

/**
 * Puts found faces to marked ones by the middles of their points, nearest pair first; each belongs to one other at most.
 * The rule sees nothing but points, so detectors with different ideas of a face's box are treated alike, and it is wide
 * enough for points that are badly off to be judged as such and not to count as another face.
 */
export function matchFaces({ faces, found }: FacePair): MatchedFaces {
  const candidates = faces
    .flatMap((face) => found.map((each): Candidate => ({ face, found: each, distance: relativeDistance(face, each) })))
    .filter(({ distance }) => distance <= reach)
    .sort((a, b) => a.distance - b.distance);
  const partners = new Map<LabelledFace, FoundFace>();
  const taken = new Set<FoundFace>();
  for (const { face, found: each } of candidates) {
    if (partners.has(face) || taken.has(each)) continue;
    partners.set(face, each);
    taken.add(each);
  }
  return {
    faces: faces.flatMap((face) => (face.ignored || !face.pointsPx ? [] : [{ truthPx: face.pointsPx, foundPx: partners.get(face)?.pointsPx ?? null }])),
    extra: found.length - taken.size,
  };
}

function relativeDistance({ pointsPx, boxPx }: LabelledFace, { pointsPx: foundPx }: FoundFace): number {
  const corners = boxPx ? [{ x: boxPx.x1, y: boxPx.y1 }, { x: boxPx.x2, y: boxPx.y2 }] : [];
  const truth = extent(pointsPx ?? corners);
  const seen = extent(foundPx);
  return Math.hypot(truth.x - seen.x, truth.y - seen.y) / truth.longSide;
}

/** Middle and longer side of the box around points. */
function extent(points: readonly Point[]): { x: number; y: number; longSide: number } {
  const [xs, ys] = [points.map(({ x }) => x), points.map(({ y }) => y)];
  const [x1, x2, y1, y2] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  return { x: (x1 + x2) / 2, y: (y1 + y2) / 2, longSide: Math.max(x2 - x1, y2 - y1) };
}
