import { readJson } from './bounded-json.ts';
import { ImportError } from './import-failure.ts';
import type { NamedBytes } from './imported-model.ts';
import type { NetworkFacts } from './model-facts.ts';
import { readOnnxFile } from './onnx-file.ts';
import { looksLikeTfjs, readTfjsFiles } from './tfjs-files.ts';
import { looksLikeTflite, readTfliteFile } from './tflite-file.ts';

/** A file of the model under the name that its card will give it. */
export interface PartFile {
  readonly name: string;
  readonly role: 'graph' | 'weights' | 'model';
  /** The path that it came with. */
  readonly path: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** The one network among some files, read but not run. A darknet network is read by those who know its layers. */
export type FoundNetwork =
  | { readonly format: 'onnx' | 'tflite' | 'tfjs-graph' | 'tfjs-layers'; readonly path: string; readonly parts: readonly PartFile[]; readonly facts: NetworkFacts }
  | { readonly format: 'darknet'; readonly path: string; readonly parts: readonly PartFile[]; readonly facts: null };

type Kind = 'onnx' | 'tflite' | 'tfjs' | 'darknet';

/** A file that makes a network by itself or leads to the other parts of one. */
interface Lead {
  readonly kind: Kind;
  readonly file: NamedBytes;
}

/**
 * Finds the network among the files of an import, by their endings and first bytes.
 *
 * @throws ImportError with the reason when there is none, more than one, or one that does not hold together
 */
export function findNetwork(files: readonly NamedBytes[]): FoundNetwork {
  const leads = files.flatMap((file): readonly Lead[] => {
    const kind = kindOf(file);
    return kind ? [{ kind, file }] : [];
  });
  const [lead, second] = leads;
  if (!lead) throw noNetwork(files);
  if (second) throw new ImportError('files-ambiguous', `more than one model: ${leads.map(({ file }) => file.name).slice(0, 5).join(', ')}`);
  const { name: path, bytes } = lead.file;
  switch (lead.kind) {
    case 'onnx':
      return { format: 'onnx', path, facts: readOnnxFile(bytes, path), parts: [{ name: 'model.onnx', role: 'model', path, bytes }] };
    case 'tflite':
      return { format: 'tflite', path, facts: readTfliteFile(bytes, path), parts: [{ name: 'model.tflite', role: 'model', path, bytes }] };
    case 'darknet':
      return { format: 'darknet', path, facts: null, parts: darknetParts(lead.file, files) };
    case 'tfjs': {
      const { format, facts, weights } = readTfjsFiles(readJson(bytes, path), path, files);
      const parts: readonly PartFile[] = [
        { name: 'model.json', role: 'graph', path, bytes },
        { name: 'weights.bin', role: 'weights', path, bytes: weights },
      ];
      return { format, path, facts, parts };
    }
  }
}

function kindOf(file: NamedBytes): Kind | null {
  const name = file.name.toLowerCase();
  if (name.endsWith('.onnx')) return 'onnx';
  if (name.endsWith('.tflite') || looksLikeTflite(file.bytes)) return 'tflite';
  if (name.endsWith('.cfg')) return 'darknet';
  if (name.endsWith('model.json')) return 'tfjs';
  return name.endsWith('.json') && looksLikeTfjs(readJson(file.bytes, file.name)) ? 'tfjs' : null;
}

function darknetParts(cfg: NamedBytes, files: readonly NamedBytes[]): readonly PartFile[] {
  const weights = files.filter(({ name }) => /\.(weights|conv\.\d+)$/i.test(name));
  const [only, second] = weights;
  if (!only) throw new ImportError('files-missing', `${cfg.name} needs the .weights that belong to it`);
  if (second) throw new ImportError('files-ambiguous', `more than one file of weights: ${only.name}, ${second.name}`);
  return [
    { name: 'network.cfg', role: 'graph', path: cfg.name, bytes: cfg.bytes },
    { name: 'network.weights', role: 'weights', path: only.name, bytes: only.bytes },
  ];
}

function noNetwork(files: readonly NamedBytes[]): ImportError {
  const names = files.map(({ name }) => name);
  const ends = (pattern: RegExp): boolean => names.some((name) => pattern.test(name));
  if (ends(/\.weights$/i)) return new ImportError('files-missing', 'a .weights file needs the .cfg that belongs to it');
  if (ends(/\.bin$/i)) return new ImportError('files-missing', 'a .bin file needs the model.json that belongs to it');
  if (ends(/\.(pt|pth)$/i)) return new ImportError('file-unknown', 'a PyTorch file holds a program; export it to ONNX or TensorFlow.js first');
  return new ImportError('file-unknown', `none of the files is a model: ${names.slice(0, 5).join(', ')}`);
}
