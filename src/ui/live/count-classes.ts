import type { FrameResult } from '../../pipeline/index.ts';

/** How many of one kind are in a frame. `label` is the model's English label, or 'face'. */
export interface ClassCount {
  readonly kind: 'object' | 'face';
  readonly classId: number;
  readonly label: string;
  readonly count: number;
}

const personLabel = 'person';

/**
 * Counts by class: most frequent first, equal counts by class, faces last. A body is a person; where the object model sees
 * the persons too, they are the same ones.
 */
export function countClasses(result: FrameResult): ClassCount[] {
  const byClass = new Map<number, ClassCount>();
  for (const { classId, label } of result.objects) {
    const before = byClass.get(classId);
    byClass.set(classId, { kind: 'object', classId, label, count: (before?.count ?? 0) + 1 });
  }
  const persons = [...byClass.values()].find(({ label }) => label === personLabel);
  const bodies = result.poses.length;
  if (bodies > (persons?.count ?? 0)) {
    const classId = persons?.classId ?? 0;
    byClass.set(classId, { kind: 'object', classId, label: personLabel, count: bodies });
  }
  const objects = [...byClass.values()].sort((a, b) => b.count - a.count || a.classId - b.classId);
  const faces = result.faces.length;
  return faces > 0 ? [...objects, { kind: 'face', classId: -1, label: 'face', count: faces }] : objects;
}

/** A text key of the counts: equal for frames in which the same things are seen. */
export function countsKey(counts: readonly ClassCount[]): string {
  return counts.map(({ kind, classId, count }) => `${kind}${classId}:${count}`).join(' ');
}
