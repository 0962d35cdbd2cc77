import { msg, str } from '@lit/localize';
import type { TaskName } from '../../pipeline/index.ts';
import type { ModelCard, PointsCard, VectorCard } from '../../runtime/index.ts';
import type { ImportedFailure } from '../../store/index.ts';

export function taskText(task: TaskName | VectorCard['task']): string {
  switch (task) {
    case 'objects':
      return msg('Finds things, people and animals');
    case 'faces':
      return msg('Finds faces');
    case 'landmarks':
      return msg('Finds eyes, mouth and outline of each face');
    case 'mesh':
      return msg('Lays a fine mesh over each face');
    case 'pose':
      return msg('Finds the joints of each person');
    case 'embed':
    case 'descriptor':
      return msg('Tells faces apart by numbers');
    case 'liveness':
      return msg('Says how much a face looks like a living one');
    case 'antispoof':
      return msg('Says how much a face looks like a picture of one');
  }
}

export function formatText(format: ModelCard['format']): string {
  switch (format) {
    case 'tfjs-graph':
    case 'tfjs-layers':
      return 'TensorFlow.js';
    case 'tfjs-weights':
      return msg('TensorFlow.js weights');
    case 'darknet':
      return 'Darknet';
    case 'onnx':
      return 'ONNX';
    case 'tflite':
      return 'TensorFlow Lite';
  }
}

/** 416 x 416 px, or the range of long sides. */
export function inputText(input: ModelCard['input']): string {
  const fixed = 'fixedPx' in input ? input.fixedPx : undefined;
  return fixed ? `${fixed.width} × ${fixed.height} px` : `${input.minPx}–${input.maxPx} px`;
}

export function originText(card: ModelCard | PointsCard | VectorCard): string {
  if ('imported' in card.source) return card.source.origin;
  return `${card.source.origin} (${card.source.package} ${card.source.version})`;
}

export function licenceText({ licence }: ModelCard | PointsCard | VectorCard): string {
  return licence.spdx === '' ? msg('Not stated') : licence.spdx;
}

/** What is wrong with a kept model, what was done and what helps, in one or two sentences. */
export function keptFailureText(failure: ImportedFailure): string {
  switch (failure.code) {
    case 'file-damaged':
      return msg(str`The file ${failure.file} is damaged: its checksum is not the one it was kept with, so it was refused. Bring the model's files again to repair it.`);
    case 'file-missing':
      return msg(str`The file ${failure.file} is no longer on this device. Bring the model's files again to repair it.`);
    case 'card-damaged':
      return msg('The description of this model is damaged, so it cannot run. Bring its files again, or remove it.');
    case 'model-missing':
      return msg('This model is no longer on this device. Perhaps it was removed in another tab.');
    case 'quota':
      return msg('The device has no room left, so nothing was kept. Remove a model or free some space, then try again.');
    case 'blocked':
      return msg('Another tab with an older version of Lintel is in the way. Close it, then try again.');
    case 'too-new':
      return msg('A newer version of Lintel wrote the data here. Reload the app to get it; nothing was changed.');
    case 'unavailable':
      return msg('This browser lets nothing be stored here (a private window, perhaps), so models cannot be kept.');
  }
}
