import * as v from 'valibot';
import type { Result } from '../../base/index.ts';
import { err, ok } from '../../base/index.ts';
import type { Point } from '../../geometry/index.ts';
import { parseJson } from '../parse-json.ts';
import { repeatedId } from '../repeated-id.ts';
import type { LabelFailure } from '../read-coco.ts';
import { cocoSigmas } from './oks.ts';
import type { PoseImage, TruthPose } from './pose-types.ts';

const finite = v.pipe(v.number(), v.finite());
const notNegative = v.pipe(finite, v.minValue(0));
const id = v.pipe(v.number(), v.integer());
const side = v.pipe(v.number(), v.integer(), v.minValue(1));

const poseFile = v.object({
  images: v.array(v.object({ id, file_name: v.pipe(v.string(), v.nonEmpty()), width: side, height: side })),
  annotations: v.array(
    v.object({
      image_id: id,
      bbox: v.strictTuple([finite, finite, notNegative, notNegative]),
      area: v.optional(notNegative),
      iscrowd: v.optional(v.union([v.boolean(), v.picklist([0, 1])]), 0),
      keypoints: v.pipe(v.array(finite), v.length(cocoSigmas.length * 3)),
    }),
  ),
});

/**
 * Reads COCO's `person_keypoints.json`: for each key point x, y and a flag that is 0 where nothing was marked. Images are
 * put in the order of their ids; an annotation without `area` gets that of its box. Categories are not looked at: whoever
 * has key points is a person.
 *
 * Fails when the text is not JSON, when a field is missing or of the wrong kind (the detail names it), and when ids
 * repeat or point nowhere.
 */
export function readCocoPoses(text: string): Result<readonly PoseImage[], LabelFailure> {
  const parsed = parseJson(text, poseFile, 'labels');
  if (!parsed.ok) return parsed;
  const { images, annotations } = parsed.value;
  const repeated = repeatedId('images', images);
  if (repeated) return err('inconsistent-labels', repeated);
  const truths = new Map<number, TruthPose[]>(images.map((image) => [image.id, []]));
  for (const [index, annotation] of annotations.entries()) {
    const here = truths.get(annotation.image_id);
    if (!here) return err('inconsistent-labels', `labels: annotations.${index}.image_id: no such id: ${annotation.image_id}`);
    here.push(toTruth(annotation));
  }
  const inOrder = [...images].sort((a, b) => a.id - b.id);
  return ok(inOrder.map(({ id: imageId, file_name: file, width, height }) => ({ file, size: { width, height }, truths: truths.get(imageId) ?? [] })));
}

function toTruth({ bbox: [x, y, w, h], area, iscrowd, keypoints }: v.InferOutput<typeof poseFile>['annotations'][number]): TruthPose {
  return {
    boxPx: { x1: x, y1: y, x2: x + w, y2: y + h },
    areaPx2: area ?? w * h,
    crowd: Boolean(iscrowd),
    points: cocoSigmas.map((_, i): Point | null => {
      const [px = 0, py = 0, flag = 0] = keypoints.slice(i * 3, i * 3 + 3);
      return flag > 0 ? { x: px, y: py } : null;
    }),
  };
}
