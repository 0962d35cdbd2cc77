import { resolve } from 'node:path';
import type { BackendName, DetectorTask } from '../../src/pipeline/index.ts';
import type { Flags } from './flags.ts';
import { oneOf, readFlags, required, unitNumber, UsageError, wholePx } from './flags.ts';
import { modelOf } from './models.ts';

export interface PredictCommand {
  readonly name: 'predict';
  readonly task: DetectorTask;
  /** Absolute, like all paths of a command. */
  readonly imagesPath: string;
  readonly outPath: string;
  readonly backend: BackendName | 'auto';
  /** Long side of the network input. */
  readonly sizePx: number | 'auto';
  /** 0..1; null asks for the threshold of the model's card. */
  readonly minScore: number | null;
  /** Files of a model of one's own; empty for the model that ships. */
  readonly modelFiles: readonly string[];
}

export interface ScoreCommand {
  readonly name: 'score';
  readonly labelsPath: string;
  readonly predictionsPath: string;
}

export type Command = PredictCommand | ScoreCommand | { readonly name: 'help' };

export const usage = `usage:
  npm run --silent evaluate -- predict --task objects|faces --images <dir|file> --out <file.json>
      [--model <id> | --model-file <path>[,<path>]] [--backend webgl|wasm|cpu|auto] [--size <px>|auto] [--min-score <0..1>]
  npm run --silent evaluate -- score --task objects --labels <instances.json|dir of YOLO txt> --predictions <file.json>
`;

/** Part of the command line's contract, not part of the app yet. */
const tasksToCome = ['landmarks', 'pose', 'embed', 'liveness'];

/**
 * Reads the arguments behind `evaluate`. Throws UsageError for anything that is unknown, missing, given twice or out
 * of range: nothing is guessed.
 *
 * @param folder what relative paths are relative to
 */
export function readCommand(argv: readonly string[], folder: string): Command {
  const [name, ...rest] = argv;
  switch (name) {
    case 'help':
    case '--help':
    case '-h':
      return { name: 'help' };
    case 'predict':
      return predictCommand(readFlags(rest, ['task', 'images', 'out', 'model', 'model-file', 'backend', 'size', 'min-score']), folder);
    case 'score':
      return scoreCommand(readFlags(rest, ['task', 'labels', 'predictions']), folder);
    case 'verify':
      throw new UsageError('verify cannot be run yet: the app has no face descriptors so far');
    case undefined:
      throw new UsageError('say what to do: predict or score');
    default:
      throw new UsageError(`unknown command "${name}": predict and score exist`);
  }
}

function predictCommand(flags: Flags, folder: string): PredictCommand {
  const asked = required(flags, 'task');
  if (tasksToCome.includes(asked)) throw new UsageError(`--task ${asked} cannot be run yet: the app has no model for it so far`);
  const task = oneOf('task', asked, ['objects', 'faces']);
  const model = flags['model'];
  if (model !== undefined && model !== modelOf(task)) throw new UsageError(`--model ${model} does not exist for ${task}: there is ${modelOf(task)}`);
  const modelFile = flags['model-file'];
  if (model !== undefined && modelFile !== undefined) throw new UsageError('--model and --model-file exclude each other');
  const size = flags['size'] ?? 'auto';
  const minScore = flags['min-score'];
  return {
    name: 'predict',
    task,
    imagesPath: resolve(folder, required(flags, 'images')),
    outPath: resolve(folder, required(flags, 'out')),
    backend: oneOf('backend', flags['backend'] ?? 'auto', ['webgl', 'wasm', 'cpu', 'auto']),
    sizePx: size === 'auto' ? size : wholePx('size', size),
    minScore: minScore === undefined ? null : unitNumber('min-score', minScore),
    modelFiles: modelFile === undefined ? [] : modelPaths(modelFile, folder),
  };
}

/** Paths between commas, absolute. */
function modelPaths(given: string, folder: string): readonly string[] {
  const paths = given.split(',').map((path) => path.trim());
  if (paths.includes('')) throw new UsageError('--model-file has an empty path between its commas');
  return paths.map((path) => resolve(folder, path));
}

function scoreCommand(flags: Flags, folder: string): ScoreCommand {
  const task = required(flags, 'task');
  if (task !== 'objects') throw new UsageError(`--task ${task} cannot be scored: only objects can`);
  return {
    name: 'score',
    labelsPath: resolve(folder, required(flags, 'labels')),
    predictionsPath: resolve(folder, required(flags, 'predictions')),
  };
}
