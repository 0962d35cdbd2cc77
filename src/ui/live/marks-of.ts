import { applyToBox, iou } from '../../geometry/index.ts';
import type { Affine, BoxXyxy } from '../../geometry/index.ts';
import type { DetectedObject, DetectedPose, FrameResult } from '../../pipeline/index.ts';
import type { ClassStyle } from './class-style.ts';
import { faceStyle, objectStyle } from './class-style.ts';
import { numberOf } from './facts/number-of.ts';
import type { OverlayStyle } from './overlay-style.ts';

/** A box, a label, or both, in pixels of the view. */
export interface Mark {
  readonly boxPx: BoxXyxy;
  readonly style: ClassStyle;
  readonly label: string;
  readonly score: number;
  /** Draw the box, not the label alone. */
  readonly boxed: boolean;
}

/** How far the box of a person and that of the body found in it agree at least. */
const samePersonIou = 0.5;
const personLabel = 'person';
const personStyle = objectStyle(0);

/**
 * What is boxed and named, surest first. What the facts panel tells of bears its number there: a body's number goes with
 * the box of its person, where there is one.
 */
export function marksOf(result: FrameResult, map: Affine, style: OverlayStyle): Mark[] {
  const { objects, faces, poses } = result;
  const bodyOf = bodiesByPerson(objects, poses);
  const alone = new Set(poses.keys());
  for (const index of bodyOf.values()) alone.delete(index);
  const named = (name: string, number: number | null, score: number | null): string =>
    [name, number === null ? null : style.integer(number), score === null ? null : style.percent(score)].filter((part) => part !== null).join(' ');
  const marks: Mark[] = objects.map((object) => {
    const index = bodyOf.get(object);
    const body = index === undefined ? undefined : poses[index];
    const number = body && index !== undefined ? numberOf(body, index) : null;
    return { boxPx: applyToBox(map, object.box), style: objectStyle(object.classId), label: named(style.objectName(object.label), number, object.score), score: object.score, boxed: true };
  });
  faces.forEach((face, index) => {
    const number = face.facts ? numberOf(face, index) : null;
    const label = named(style.faceName, number, style.faceBoxes ? face.score : null);
    marks.push({ boxPx: applyToBox(map, face.box), style: faceStyle, label, score: face.score, boxed: style.faceBoxes });
  });
  for (const index of alone) {
    const body = poses[index];
    if (!body) continue;
    const label = named(style.objectName(personLabel), numberOf(body, index), null);
    marks.push({ boxPx: applyToBox(map, body.box), style: personStyle, label, score: body.score, boxed: false });
  }
  return marks.sort((a, b) => b.score - a.score);
}

/** For each person among the objects the place of the body that is theirs; every body is given once. */
function bodiesByPerson(objects: readonly DetectedObject[], poses: readonly DetectedPose[]): Map<DetectedObject, number> {
  const found = new Map<DetectedObject, number>();
  const given = new Set<number>();
  for (const object of objects) {
    if (object.label !== personLabel) continue;
    let best = -1;
    let bestIou = samePersonIou;
    poses.forEach(({ box }, index) => {
      const overlap = given.has(index) ? 0 : iou(object.box, box);
      if (overlap > bestIou) [best, bestIou] = [index, overlap];
    });
    if (best < 0) continue;
    given.add(best);
    found.set(object, best);
  }
  return found;
}
