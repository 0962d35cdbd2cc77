import type { PredictedImage } from './read-predictions.ts';
import type { ImagePair, LabelledImage } from './types.ts';

interface Named {
  readonly file: string;
}

export interface FilePairing<L, P> {
  /** One per labelled file, in the order of the labels. */
  readonly pairs: readonly { readonly labelled: L; readonly predicted: P | null }[];
  /** Labelled, but not predicted. */
  readonly unpredicted: readonly string[];
  /** Predicted, but not labelled: these do not count. */
  readonly unlabelled: readonly string[];
}

export interface Pairing {
  /** One pair per labelled image, in the order of the labels; an image without predictions has no detections. */
  readonly pairs: readonly ImagePair[];
  readonly unpredicted: readonly string[];
  readonly unlabelled: readonly string[];
}

/** Puts predicted boxes to labelled ones, as `pairFiles` does. */
export function pairByFile(labelled: readonly LabelledImage[], predicted: readonly PredictedImage[]): Pairing {
  const { pairs, ...rest } = pairFiles(labelled, predicted);
  return { ...rest, pairs: pairs.map((pair) => ({ truths: pair.labelled.truths, detections: pair.predicted?.detections ?? [] })) };
}

/**
 * Puts predictions to labels by path or, where the path is not found, by `nameOf` if only one prediction has that name:
 * as a rule the file name without folders.
 */
export function pairFiles<L extends Named, P extends Named>(labelled: readonly L[], predicted: readonly P[], nameOf: (file: string) => string = baseName): FilePairing<L, P> {
  const byPath = new Map(predicted.map((image) => [image.file, image]));
  const byName = uniqueNames(predicted, nameOf);
  const used = new Set<P>();
  const pairs = labelled.map((labels) => {
    const image = byPath.get(labels.file) ?? byName.get(nameOf(labels.file)) ?? null;
    if (image) used.add(image);
    return { labelled: labels, predicted: image };
  });
  return {
    pairs,
    unpredicted: pairs.filter((pair) => pair.predicted === null).map((pair) => pair.labelled.file),
    unlabelled: predicted.filter((image) => !used.has(image)).map((image) => image.file),
  };
}

function uniqueNames<P extends Named>(predicted: readonly P[], nameOf: (file: string) => string): ReadonlyMap<string, P> {
  const names = new Map<string, P>();
  const repeated = new Set<string>();
  for (const image of predicted) {
    const name = nameOf(image.file);
    if (names.has(name)) repeated.add(name);
    names.set(name, image);
  }
  for (const name of repeated) names.delete(name);
  return names;
}

/** Example: `val/a.jpg` gives `a.jpg`. */
export function baseName(file: string): string {
  return file.slice(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1);
}

/** Example: `val/a.b.jpg` gives `a.b`. */
export function stemName(file: string): string {
  return baseName(file).replace(/\.[^.]*$/u, '');
}
