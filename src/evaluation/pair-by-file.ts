import type { PredictedImage } from './read-predictions.ts';
import type { ImagePair, LabelledImage } from './types.ts';

export interface Pairing {
  /** One pair per labelled image, in the order of the labels; an image without predictions has no detections. */
  readonly pairs: readonly ImagePair[];
  /** Labelled, but not predicted. */
  readonly unpredicted: readonly string[];
  /** Predicted, but not labelled: these do not count. */
  readonly unlabelled: readonly string[];
}

/**
 * Puts predictions to labels by path or, where the path is not found, by file name without folders if only one
 * prediction has that name.
 */
export function pairByFile(labelled: readonly LabelledImage[], predicted: readonly PredictedImage[]): Pairing {
  const byPath = new Map(predicted.map((image) => [image.file, image]));
  const byName = uniqueNames(predicted);
  const used = new Set<PredictedImage>();
  const unpredicted: string[] = [];
  const pairs = labelled.map(({ file, truths }): ImagePair => {
    const image = byPath.get(file) ?? byName.get(baseName(file));
    if (image) used.add(image);
    else unpredicted.push(file);
    return { truths, detections: image?.detections ?? [] };
  });
  return { pairs, unpredicted, unlabelled: predicted.filter((image) => !used.has(image)).map((image) => image.file) };
}

function uniqueNames(predicted: readonly PredictedImage[]): ReadonlyMap<string, PredictedImage> {
  const names = new Map<string, PredictedImage>();
  const repeated = new Set<string>();
  for (const image of predicted) {
    const name = baseName(image.file);
    if (names.has(name)) repeated.add(name);
    names.set(name, image);
  }
  for (const name of repeated) names.delete(name);
  return names;
}

function baseName(file: string): string {
  return file.slice(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1);
}
