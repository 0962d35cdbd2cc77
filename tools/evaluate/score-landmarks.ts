import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FaceImage, FacePair, LandmarkSummary, PredictedFaces } from '../../src/evaluation/index.ts';
import { evaluateLandmarks, pairFiles, readDlibXml, readLandmarkPredictions, readPts, stemName } from '../../src/evaluation/index.ts';
import { isFolder, textOf } from './label-pairs.ts';
import { aboutImages } from './labelled-pairs.ts';
import { say } from './progress.ts';
import { WorkError } from './work-error.ts';

export interface LandmarkScore extends LandmarkSummary {
  readonly images: number;
}

/** Throws WorkError when the labels or the predictions cannot be read or do not belong together. */
export async function scoreLandmarks(labelsPath: string, predictionsPath: string, ptsOrigin: 0 | 1): Promise<LandmarkScore> {
  const predictions = readLandmarkPredictions(await textOf(predictionsPath));
  if (!predictions.ok) throw new WorkError(predictions.failure.code, `${predictionsPath}: ${predictions.failure.detail}`);
  const pairs = facePairs(await readFaceLabels(labelsPath, ptsOrigin), predictions.value, labelsPath);
  return { ...evaluateLandmarks(pairs), images: pairs.length };
}

/** dlib's XML, or a folder of `.pts` files of one face each: `photo.pts` belongs to the image `photo`, whatever its type. */
export async function readFaceLabels(path: string, ptsOrigin: 0 | 1 = 0): Promise<readonly FaceImage[]> {
  if (await isFolder(path)) return ptsFolder(path, ptsOrigin);
  const labels = readDlibXml(await textOf(path));
  if (!labels.ok) throw new WorkError(labels.failure.code, `${path}: ${labels.failure.detail}`);
  return labels.value;
}

/** A labelled image that was not predicted counts: no face was found in it. */
export function facePairs(labels: readonly FaceImage[], predicted: readonly PredictedFaces[], labelsPath: string): readonly FacePair[] {
  const { pairs, unpredicted, unlabelled } = pairFiles(labels, predicted, labels.some(({ file }) => file.endsWith(ptsEnding)) ? stemName : undefined);
  if (unpredicted.length === pairs.length) throw new WorkError('no-common-image', `no image of ${labelsPath} is in the predictions`);
  const warnings = [...aboutImages(unpredicted, 'labelled but not predicted, counted as without a face'), ...aboutImages(unlabelled, 'predicted but not labelled, not counted')];
  for (const warning of warnings) say(`warning: ${warning}`);
  return pairs.map((pair) => ({ faces: pair.labelled.faces, found: pair.predicted?.found ?? [] }));
}

const ptsEnding = '.pts';

async function ptsFolder(folder: string, originPx: 0 | 1): Promise<readonly FaceImage[]> {
  const files = (await readdir(folder)).filter((name) => name.endsWith(ptsEnding)).sort();
  if (files.length === 0) throw new WorkError('labels-missing', `${folder} holds no ${ptsEnding} file`);
  const images: FaceImage[] = [];
  for (const file of files) {
    const points = readPts(await readFile(join(folder, file), 'utf8'), file, originPx);
    if (!points.ok) throw new WorkError(points.failure.code, `${folder}: ${points.failure.detail}`);
    images.push({ file, size: null, faces: [{ boxPx: null, pointsPx: points.value, ignored: false }] });
  }
  return images;
}
