import { msg, str } from '@lit/localize';
import type { Failure } from '../../../base/index.ts';
import type { EngineFailureCode } from '../../../pipeline/index.ts';
import type { ImportFailureCode } from '../../../runtime/index.ts';
import type { FailureText } from '../../i18n/failure-texts.ts';
import { failedPart } from './failed-part.ts';

export type ExamineFailure = Failure<ImportFailureCode | EngineFailureCode>;

const nothingKept = (): string => msg('Nothing was kept.');

/** What is wrong with the files, what the app did, and what the person can do. Complete by type. */
const texts: Readonly<Record<ImportFailureCode | EngineFailureCode, () => FailureText>> = {
  'file-unknown': () => ({
    title: msg('No model among these files'),
    text: msg('Lintel reads .onnx, .tflite, TensorFlow.js (model.json with its .bin files, or a zip) and Darknet (.cfg with .weights). Export the model to one of these and try again.'),
  }),
  'files-missing': () => ({
    title: msg('A part of the model is missing'),
    text: msg('A model in several files needs all of them at once. Choose them together, or the folder or zip that holds them.'),
  }),
  'files-ambiguous': () => ({
    title: msg('More than one model'),
    text: msg('It is not clear which of them is meant. Choose the files of one model only.'),
  }),
  'too-large': () => ({
    title: msg('Too large'),
    text: msg('It is larger than what this app reads, so it was not opened. Choose a smaller model; YOLOs for phones have 1 to 50 MB.'),
  }),
  'path-unsafe': () => ({
    title: msg('A file name is not accepted'),
    text: msg('A name in it points outside of its folder, so nothing was unpacked. Pack the model again with plain names.'),
  }),
  'archive-invalid': () => ({
    title: msg('The zip cannot be unpacked'),
    text: msg('It is damaged, encrypted or packed in a way that is not accepted. Pack it again, or choose the files themselves.'),
  }),
  'json-invalid': () => ({
    title: msg('The model’s description cannot be read'),
    text: msg('Its JSON is damaged or nested beyond reason. Copy or export the model again.'),
  }),
  'yaml-invalid': () => ({
    title: msg('The model’s metadata cannot be read'),
    text: msg('Its YAML is damaged or uses tricks that are not accepted. Leave the metadata file out, or export the model again.'),
  }),
  'graph-invalid': () => ({
    title: msg('The TensorFlow.js graph does not run'),
    text: msg('The file was read, but its network does not hold together or fails on a first run. Export the model again, or as ONNX.'),
  }),
  'onnx-invalid': () => ({
    title: msg('The ONNX file does not run'),
    text: msg('It is damaged, or its network fails on a first run. Copy or export it again, with opset 12 to 17 and a fixed input size.'),
  }),
  'tflite-invalid': () => ({
    title: msg('The .tflite file does not run'),
    text: msg('It is damaged, or its network fails on a first run. Copy or export it again with float32 input.'),
  }),
  'darknet-invalid': () => ({
    title: msg('The Darknet network does not hold together'),
    text: msg('Its .cfg has a layer or an option that is not known here, or the numbers do not fit. Check that it is the .cfg that belongs to the weights.'),
  }),
  'weights-mismatch': () => ({
    title: msg('The weights are those of another model'),
    text: msg('There are more or fewer numbers than the network describes. Choose the files that belong together; a download may have been cut short.'),
  }),
  'layer-unsupported': () => ({
    title: msg('A layer that is not run here'),
    text: msg('This TensorFlow.js layers model has a layer, or an option of one, that the app does not run. Convert it with “tensorflowjs_converter --output_format=tfjs_graph_model”, or export the model as ONNX.'),
  }),
  'external-data': () => ({
    title: msg('The ONNX weights are in another file'),
    text: msg('Such a file is not read. Save the model as one .onnx file with its weights inside.'),
  }),
  'input-unsupported': () => ({
    title: msg('It does not take one picture'),
    text: msg('A detector here has one input: a colour picture. Export it with batch size 1 and three channels.'),
  }),
  'type-unsupported': () => ({
    title: msg('It computes with a kind of number that is not read'),
    text: msg('Export the model with float32 input and output; its weights may be of 8 or 16 bits.'),
  }),
  'head-unknown': () => ({
    title: msg('The outputs are those of no known detector'),
    text: msg('The network was read, but the shapes of its outputs fit no YOLO that is known here. It may be a classifier or a segmenter; export the detector.'),
  }),
  'correction-invalid': () => ({
    title: msg('The change does not fit the file'),
    text: msg('It was not taken over. Choose another value.'),
  }),
  'backend-unavailable': () => ({
    title: msg('The chosen way of computing does not run here'),
    text: msg('The model was not tried. Set the backend to “automatic” in the settings.'),
  }),
  'backend-wrong-numbers': () => ({
    title: msg('This device computes wrong numbers'),
    text: msg('The model was not tried. Choose another backend in the settings.'),
  }),
  'model-missing': () => ({
    title: msg('A program for this kind of model could not be loaded'),
    text: msg('It is fetched from where this app came from with the first such model. Connect to the network once, then try again.'),
  }),
  'model-corrupt': () => ({
    title: msg('A file of the model is damaged'),
    text: msg('Its bytes are not what its description says, so it was refused. Copy it again.'),
  }),
  'model-mismatch': () => ({
    title: msg('The network could not be built'),
    text: msg('Its file was read, but it cannot run here. Export it again, perhaps in another format.'),
  }),
  'engine-died': () => ({
    title: msg('The model crashed'),
    text: msg('It ran in an engine of its own, which was ended; nothing else was touched. It may need more memory than this device gives.'),
  }),
  'out-of-memory': () => ({
    title: msg('This device is short of memory'),
    text: msg('The model ran in an engine of its own, which was ended; nothing else was touched. Close other tabs and apps and try again, or take a smaller model.'),
  }),
  timeout: () => ({
    title: msg('The model takes too long'),
    text: msg('It gave no answer in time and was stopped. It may be too large for this device.'),
  }),
};

/** Building a network says in its detail that the weights are not its own: that has a better text than "could not be built". */
const wrongWeights = /weights-(short|left-over|header|not-finite)/;

/** The failure in words, with the operation that was not known where the detail names one. */
export function examineFailureText({ code, detail }: ExamineFailure): FailureText {
  const { title, text } = texts[code === 'model-mismatch' && wrongWeights.test(detail) ? 'weights-mismatch' : code]();
  const operation = failedPart(detail);
  const what = operation === null ? '' : `${msg(str`The operation “${operation}” is not known here.`)} `;
  return { title, text: code === 'correction-invalid' ? text : `${what}${text} ${nothingKept()}` };
}
