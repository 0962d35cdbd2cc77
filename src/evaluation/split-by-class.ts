import type { ImagePair } from './types.ts';

/** The images cut into classes: for each class that is marked anywhere, the images in which it is marked or found. */
export function splitByClass(images: readonly ImagePair[]): ReadonlyMap<number, readonly ImagePair[]> {
  const marked = new Set(images.flatMap((image) => image.truths.map((t) => t.classId)));
  const ascending = [...marked].sort((a, b) => a - b);
  const split = new Map<number, ImagePair[]>(ascending.map((classId) => [classId, []]));
  for (const { truths, detections } of images) {
    const truthsOf = groupByClass(truths);
    const detectionsOf = groupByClass(detections);
    for (const [classId, pairs] of split) {
      const here = { truths: truthsOf.get(classId) ?? [], detections: detectionsOf.get(classId) ?? [] };
      if (here.truths.length > 0 || here.detections.length > 0) pairs.push(here);
    }
  }
  return split;
}

function groupByClass<T extends { readonly classId: number }>(boxes: readonly T[]): ReadonlyMap<number, readonly T[]> {
  const groups = new Map<number, T[]>();
  for (const box of boxes) {
    const group = groups.get(box.classId);
    if (group) group.push(box);
    else groups.set(box.classId, [box]);
  }
  return groups;
}
