import * as v from 'valibot';
import type { Result } from '../base/index.ts';
import { err, ok } from '../base/index.ts';
import type { FormatFailure } from './parse-json.ts';
import { parseJson } from './parse-json.ts';
import { repeatedId } from './repeated-id.ts';
import type { LabelledSet, TruthBox } from './types.ts';

const finite = v.pipe(v.number(), v.finite());
const notNegative = v.pipe(finite, v.minValue(0));
const id = v.pipe(v.number(), v.integer());
const side = v.pipe(v.number(), v.integer(), v.minValue(1));

const instances = v.object({
  images: v.array(v.object({ id, file_name: v.pipe(v.string(), v.nonEmpty()), width: side, height: side })),
  annotations: v.array(
    v.object({
      image_id: id,
      category_id: id,
      bbox: v.strictTuple([finite, finite, notNegative, notNegative]),
      area: v.optional(notNegative),
      iscrowd: v.optional(v.union([v.boolean(), v.picklist([0, 1])]), 0),
    }),
  ),
  categories: v.array(v.object({ id, name: v.string() })),
});

type Instances = v.InferOutput<typeof instances>;

export type LabelFailure = FormatFailure | { readonly code: 'inconsistent-labels'; readonly detail: string };

/**
 * Reads COCO's `instances.json`. Category ids become class ids 0, 1, 2 ... in ascending order, images are put in
 * the order of their ids, and an annotation without `area` gets that of its box. Segmentations are not looked at.
 *
 * Fails when the text is not JSON, when a field is missing or of the wrong kind (the detail names it), and when ids
 * repeat or point nowhere.
 */
export function readCoco(text: string): Result<LabelledSet, LabelFailure> {
  const parsed = parseJson(text, instances, 'labels');
  if (!parsed.ok) return parsed;
  const { images, annotations, categories } = parsed.value;
  const repeated = repeatedId('images', images) ?? repeatedId('categories', categories);
  if (repeated) return err('inconsistent-labels', repeated);

  const ascending = [...categories].sort((a, b) => a.id - b.id);
  const classIds = new Map(ascending.map((category, classId) => [category.id, classId]));
  const truths = new Map<number, TruthBox[]>(images.map((image) => [image.id, []]));
  for (const [index, annotation] of annotations.entries()) {
    const here = truths.get(annotation.image_id);
    const classId = classIds.get(annotation.category_id);
    const nowhere = (field: string, value: number): string => `labels: annotations.${index}.${field}: no such id: ${value}`;
    if (!here) return err('inconsistent-labels', nowhere('image_id', annotation.image_id));
    if (classId === undefined) return err('inconsistent-labels', nowhere('category_id', annotation.category_id));
    here.push(toTruth(annotation, classId));
  }
  const inOrder = [...images].sort((a, b) => a.id - b.id);
  return ok({
    classNames: ascending.map((category) => category.name),
    images: inOrder.map(({ id: imageId, file_name: file, width, height }) => ({
      file,
      size: { width, height },
      truths: truths.get(imageId) ?? [],
    })),
  });
}

function toTruth({ bbox: [x, y, w, h], area, iscrowd }: Instances['annotations'][number], classId: number): TruthBox {
  return { classId, boxPx: { x1: x, y1: y, x2: x + w, y2: y + h }, areaPx2: area ?? w * h, crowd: Boolean(iscrowd) };
}
