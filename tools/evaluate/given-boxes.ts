import type { PoseImage } from '../../src/evaluation/index.ts';
import { pairFiles } from '../../src/evaluation/index.ts';
import type { BoxXyxy } from '../../src/geometry/index.ts';
import type { ImageFile } from './list-images.ts';
import { aboutImages } from './labelled-pairs.ts';
import type { PredictTask } from './models.ts';
import { say } from './progress.ts';
import { readFaceLabels } from './score-landmarks.ts';
import { readPoseLabels } from './score-poses.ts';
import { WorkError } from './work-error.ts';

/** An image, with boxes to look into where labels give them, in pixels of the upright image. */
export interface ImageToLookAt extends ImageFile {
  readonly boxesPx: readonly BoxXyxy[] | null;
}

/**
 * Puts the boxes of labels to images. Images that the labels do not name are left out, and so are boxes of crowds, boxes
 * that are not to be judged, and persons without a marked point: nothing could be measured in them.
 * Throws WorkError when the labels cannot be read, hold no boxes, or name none of the images.
 */
export async function withGivenBoxes(images: readonly ImageFile[], task: PredictTask, labelsPath: string): Promise<readonly ImageToLookAt[]> {
  const labelled = await labelledBoxes(task, labelsPath);
  const { pairs, unpredicted, unlabelled } = pairFiles(labelled, images);
  const known = pairs.flatMap((pair) => (pair.predicted ? [{ ...pair.predicted, boxesPx: pair.labelled.boxesPx }] : []));
  if (known.length === 0) throw new WorkError('no-common-image', `${labelsPath} names none of the images`);
  for (const warning of [...aboutImages(unpredicted, 'with boxes but not there'), ...aboutImages(unlabelled, 'without given boxes, left out')]) say(`warning: ${warning}`);
  return known;
}

interface LabelledBoxes {
  readonly file: string;
  readonly boxesPx: readonly BoxXyxy[];
}

async function labelledBoxes(task: PredictTask, path: string): Promise<readonly LabelledBoxes[]> {
  if (task === 'pose') {
    return (await readPoseLabels(path)).map((image) => ({ file: image.file, boxesPx: boxesToMeasure(image) }));
  }
  const images = await readFaceLabels(path);
  if (images.every(({ faces }) => faces.every(({ boxPx }) => boxPx === null))) throw new WorkError('labels-missing', `${path} holds no boxes`);
  return images.map(({ file, faces }) => ({ file, boxesPx: faces.flatMap(({ boxPx, ignored }) => (boxPx && !ignored ? [boxPx] : [])) }));
}

/** The boxes of persons in whom something can be measured. */
export function boxesToMeasure({ truths }: PoseImage): readonly BoxXyxy[] {
  return truths.filter((truth) => !truth.crowd && truth.points.some((point) => point !== null)).map(({ boxPx }) => boxPx);
}
