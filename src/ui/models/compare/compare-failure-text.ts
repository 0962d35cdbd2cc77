import { msg } from '@lit/localize';
import type { EngineFailureCode } from '../../../pipeline/index.ts';
import type { ImportedFailure } from '../../../store/index.ts';
import { examineFailureText } from '../doctor/import-failure-texts.ts';
import { keptFailureText } from '../model-texts.ts';
import type { PictureSetFailure } from './labelled-pictures.ts';

/** Why a comparison ended early. */
export type CompareFailure =
  | { readonly of: 'pictures'; readonly cause: PictureSetFailure; readonly detail: string }
  | { readonly of: 'kept-model'; readonly cause: ImportedFailure; readonly detail: string }
  | { readonly of: 'run'; readonly cause: { readonly code: EngineFailureCode; readonly detail: string }; readonly detail: string };

export function compareFailureText(failure: CompareFailure): string {
  switch (failure.of) {
    case 'kept-model':
      return keptFailureText(failure.cause);
    case 'run': {
      const { title, text } = examineFailureText(failure.cause);
      return `${title}. ${text}`;
    }
    case 'pictures':
      return pictureText(failure.cause.code);
  }
}

function pictureText(code: PictureSetFailure['code']): string {
  switch (code) {
    case 'no-pictures':
      return msg('There is no picture among these files. Choose JPEG, PNG or WebP files, with their labels if you have them.');
    case 'too-many-labels':
      return msg('Only one .json with labels can be used at a time. Choose the pictures with the one that belongs to them.');
    case 'inconsistent-labels':
      return msg('The labels contradict themselves, so nothing was measured. Correct the named place in the file.');
    default:
      return msg('The labels cannot be read, so nothing was measured. Lintel reads COCO .json and YOLO .txt files.');
  }
}
