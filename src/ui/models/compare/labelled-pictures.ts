import type { Failure, Result } from '../../../base/index.ts';
import { err, ok } from '../../../base/index.ts';
import type { LabelFailure, LabelledImage, TruthBox } from '../../../evaluation/index.ts';
import { readCoco, readYoloTxt } from '../../../evaluation/index.ts';
import type { Size } from '../../../geometry/index.ts';
import type { GivenFile } from '../given-files.ts';

/** What is in a picture, once its size is known. */
export interface PictureLabels {
  readonly size: Size;
  readonly truths: readonly TruthBox[];
}

export interface GivenPicture {
  readonly path: string;
  readonly file: File;
  /** Null where nothing says what is in it. */
  readonly labelsAt: ((size: Size) => Promise<Result<PictureLabels, Failure<'wrong-format'>>>) | null;
}

export interface PictureSet {
  readonly pictures: readonly GivenPicture[];
  /** Empty where the labels carry no names. */
  readonly classNames: readonly string[];
}

export type PictureSetFailure = LabelFailure | Failure<'no-pictures' | 'too-many-labels'>;

/** A label file of more is no label file. */
const largestJsonBytes = 256 * 1024 * 1024;
const largestTxtBytes = 1024 * 1024;

/**
 * Sorts what a person gave into pictures and their labels: one COCO `.json` for all of them, or a YOLO `.txt` of the same
 * name for each. `classes.txt` or a `.names` file gives names to the latter.
 */
export async function pictureSet(files: readonly GivenFile[]): Promise<Result<PictureSet, PictureSetFailure>> {
  const pictures = files.filter(isPicture);
  if (pictures.length === 0) return err('no-pictures', `no picture among ${files.length} files`);
  const [json, second] = files.filter(({ path }) => /\.json$/i.test(path));
  if (second) return err('too-many-labels', 'more than one .json');
  if (json) return withCoco(pictures, json.file);
  const texts = new Map(files.filter(({ path }) => /\.txt$/i.test(path)).map((given) => [stemOf(given.path), given.file]));
  const names = files.find(({ path }) => /(^|\/)(classes\.txt|[^/]*\.names)$/i.test(path));
  const classNames = names && names.file.size < largestTxtBytes ? linesOf(await names.file.text()) : [];
  return ok({ classNames, pictures: pictures.map((given) => ({ ...given, labelsAt: fromTxt(texts.get(stemOf(given.path))) })) });
}

async function withCoco(pictures: readonly GivenFile[], file: File): Promise<Result<PictureSet, PictureSetFailure>> {
  if (file.size > largestJsonBytes) return err('too-many-labels', `${file.name} has ${file.size} bytes`);
  const labels = readCoco(await file.text());
  if (!labels.ok) return labels;
  const { images, classNames } = labels.value;
  const byName = new Map(images.map((image) => [baseName(image.file), image]));
  return ok({ classNames, pictures: pictures.map((given) => ({ ...given, labelsAt: fromCoco(byName.get(baseName(given.path))) })) });
}

function fromCoco(image: LabelledImage | undefined): GivenPicture['labelsAt'] {
  return image ? () => Promise.resolve(ok({ size: image.size, truths: image.truths })) : null;
}

function fromTxt(file: File | undefined): GivenPicture['labelsAt'] {
  if (!file) return null;
  return async (size) => {
    if (file.size > largestTxtBytes) return err('wrong-format', `${file.name} has ${file.size} bytes`);
    const truths = readYoloTxt(await file.text(), size, file.name);
    return truths.ok ? ok({ size, truths: truths.value }) : truths;
  };
}

function isPicture({ file, path }: GivenFile): boolean {
  return file.type.startsWith('image/') || /\.(jpe?g|png|webp|avif|bmp|gif)$/i.test(path);
}

function linesOf(text: string): readonly string[] {
  const lines = text.split(/\r?\n/).map((line) => line.trim());
  while (lines.at(-1) === '') lines.pop();
  return lines;
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** Name without folders and ending: what a picture and its .txt share. */
function stemOf(path: string): string {
  return baseName(path).replace(/\.[^.]*$/, '');
}
