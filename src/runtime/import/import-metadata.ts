import { parseYaml, readYaml } from './bounded-yaml.ts';
import { readJson } from './bounded-json.ts';
import { readText } from './bounded-text.ts';
import { ImportError } from './import-failure.ts';
import { importLimits } from './import-limits.ts';
import type { NamedBytes } from './imported-model.ts';
import type { NetworkFacts } from './model-facts.ts';
import { baseName } from './safe-path.ts';

/** What files beside or inside a model say about it in words. Null and empty where they say nothing. */
export interface ModelNotes {
  readonly names: readonly string[] | null;
  /** Height and width of the input in pixels. */
  readonly imagePx: readonly [height: number, width: number] | null;
  /** Largest stride of the network. */
  readonly stride: number | null;
  /** detect, segment, ... */
  readonly task: string | null;
  readonly licence: string | null;
  /** The exporting program and what it says of itself. */
  readonly description: string | null;
  /** Files and entries that were read for this. */
  readonly from: readonly string[];
}

const emptyNotes: ModelNotes = { names: null, imagePx: null, stride: null, task: null, licence: null, description: null, from: [] };

/**
 * Gathers what is said about a model: `metadata.yaml` of Ultralytics exports, the metadata of ONNX and .tflite files, a
 * list of class names (`*.names`, `labels.txt`, `classes.txt`, one name a line, or a JSON list). The first to say
 * something wins.
 *
 * @throws ImportError when a file that is meant to say something cannot be read
 */
export function gatherNotes(facts: Pick<NetworkFacts, 'metadata'>, files: readonly NamedBytes[]): ModelNotes {
  const inside = [...facts.metadata].filter(([key]) => /\.(txt|json|ya?ml)$/i.test(key)).map(([key, value]) => notesOf(parseYaml(value, key), key));
  const properties = notesOf(propertiesOf(facts), 'the metadata of the file');
  const beside = files.flatMap((file) => {
    const name = baseName(file.name).toLowerCase();
    if (/^metadata\.ya?ml$/.test(name)) return [notesOf(readYaml(file.bytes, file.name), file.name)];
    if (name.endsWith('.names') || /^(labels|classes|names).*\.txt$/.test(name)) return [{ ...emptyNotes, names: linesOf(file), from: [file.name] }];
    if (/^(labels|classes|names).*\.json$/.test(name)) return [{ ...emptyNotes, names: namesOf(readJson(file.bytes, file.name)), from: [file.name] }];
    return [];
  });
  return [...beside, properties, ...inside].reduce(merged, emptyNotes);
}

function propertiesOf({ metadata }: Pick<NetworkFacts, 'metadata'>): unknown {
  return new Map([...metadata].map(([key, value]) => [key, /^[[{]/.test(value.trim()) ? parseYaml(value, key) : value]));
}

function notesOf(said: unknown, from: string): ModelNotes {
  if (!(said instanceof Map)) return emptyNotes;
  const map = said as ReadonlyMap<unknown, unknown>;
  const imgsz = numbersOf(map.get('imgsz'));
  const notes = {
    names: namesOf(map.get('names')),
    imagePx: imgsz[0] === undefined ? null : ([imgsz[0], imgsz[1] ?? imgsz[0]] as const),
    stride: numbersOf(map.get('stride')).at(-1) ?? null,
    task: wordOf(map.get('task')),
    licence: wordOf(map.get('license')),
    description: wordOf(map.get('description')),
  };
  return { ...notes, from: Object.values(notes).some((value) => value !== null) ? [from] : [] };
}

function merged(first: ModelNotes, second: ModelNotes): ModelNotes {
  return {
    names: first.names ?? second.names,
    imagePx: first.imagePx ?? second.imagePx,
    stride: first.stride ?? second.stride,
    task: first.task ?? second.task,
    licence: first.licence ?? second.licence,
    description: first.description ?? second.description,
    from: [...first.from, ...second.from],
  };
}

function linesOf(file: NamedBytes): readonly string[] | null {
  const lines = readText(file.bytes, file.name).split(/\r?\n/).map((line) => line.trim());
  while (lines.at(-1) === '') lines.pop();
  return namesOf(lines);
}

/** A list of names, or a mapping from class numbers to names without a gap. */
function namesOf(value: unknown): readonly string[] | null {
  const entries = value instanceof Map ? [...(value as ReadonlyMap<unknown, unknown>)] : Array.isArray(value) ? [...value.entries()] : recordEntries(value);
  if (entries.length === 0) return null;
  if (entries.length > importLimits.classes) throw new ImportError('too-large', `${entries.length} class names, at most ${importLimits.classes} are read`);
  const names: string[] = [];
  for (const [key, name] of entries) {
    const index = Number(key);
    if (!Number.isInteger(index) || index < 0 || index >= entries.length || (typeof name !== 'string' && typeof name !== 'number')) return null;
    names[index] = String(name).slice(0, 100);
  }
  return Object.keys(names).length === entries.length ? names : null;
}

function recordEntries(value: unknown): [string, unknown][] {
  return typeof value === 'object' && value !== null && !(value instanceof Map) ? Object.entries(value) : [];
}

function numbersOf(value: unknown): readonly number[] {
  const list = Array.isArray(value) ? value : [value];
  const numbers = list.map((each) => (typeof each === 'number' || (typeof each === 'string' && each !== '') ? Number(each) : NaN));
  return numbers.every((each) => Number.isInteger(each) && each > 0 && each <= 65_536) ? numbers : [];
}

function wordOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value.slice(0, 300) : null;
}
