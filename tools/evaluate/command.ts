import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { BackendName, TaskName } from '../../src/pipeline/index.ts';
import { modelOf } from './models.ts';

export interface PredictCommand {
  readonly name: 'predict';
  readonly task: TaskName;
  /** Absolute, like all paths of a command. */
  readonly imagesPath: string;
  readonly outPath: string;
  readonly backend: BackendName | 'auto';
  /** Long side of the network input. */
  readonly sizePx: number | 'auto';
  /** 0..1; null asks for the threshold of the model's card. */
  readonly minScore: number | null;
}

export interface ScoreCommand {
  readonly name: 'score';
  readonly labelsPath: string;
  readonly predictionsPath: string;
}

export type Command = PredictCommand | ScoreCommand | { readonly name: 'help' };

/** What is wrong with the command line, in words for the person who typed it. */
export class UsageError extends Error {}

export const usage = `usage:
  npm run --silent evaluate -- predict --task objects|faces --images <dir|file> --out <file.json>
      [--model <id>] [--backend webgl|wasm|cpu|auto] [--size <px>|auto] [--min-score <0..1>]
  npm run --silent evaluate -- score --task objects --labels <instances.json|dir of YOLO txt> --predictions <file.json>
`;

const tasks: readonly TaskName[] = ['objects', 'faces'];
/** Part of the command line's contract, not part of the app yet. */
const tasksToCome = ['landmarks', 'pose', 'embed', 'liveness'];
const backends = ['webgl', 'wasm', 'cpu', 'auto'] as const;

const flags = {
  predict: ['task', 'images', 'out', 'model', 'model-file', 'backend', 'size', 'min-score'],
  score: ['task', 'labels', 'predictions'],
} as const;

type Values = Readonly<Record<string, string | undefined>>;

/**
 * Reads the arguments behind `evaluate`. Throws UsageError for anything that is unknown, missing, given twice or out
 * of range: nothing is guessed.
 *
 * @param folder what relative paths are relative to
 */
export function readCommand(argv: readonly string[], folder: string): Command {
  const [name, ...rest] = argv;
  if (name === '--help' || name === '-h' || name === 'help') return { name: 'help' };
  switch (name) {
    case 'predict':
      return predictCommand(readFlags(rest, flags.predict), folder);
    case 'score':
      return scoreCommand(readFlags(rest, flags.score), folder);
    case 'verify':
      throw new UsageError('verify cannot be run yet: the app has no face descriptors so far');
    case undefined:
      throw new UsageError('say what to do: predict or score');
    default:
      throw new UsageError(`unknown command "${name}": predict and score exist`);
  }
}

function predictCommand(values: Values, folder: string): PredictCommand {
  const task = required(values, 'task');
  if (tasksToCome.includes(task)) throw new UsageError(`--task ${task} cannot be run yet: the app has no model for it so far`);
  if (!isOneOf(tasks, task)) throw new UsageError(`--task must be one of ${tasks.join(', ')}, not "${task}"`);
  const model = values['model'];
  if (model !== undefined && model !== modelOf(task)) throw new UsageError(`--model ${model} does not exist for ${task}: there is ${modelOf(task)}`);
  if (values['model-file'] !== undefined) throw new UsageError('--model-file cannot be used yet: the app reads no models of your own so far');
  const backend = values['backend'] ?? 'auto';
  if (!isOneOf(backends, backend)) throw new UsageError(`--backend must be one of ${backends.join(', ')}, not "${backend}"`);
  return {
    name: 'predict',
    task,
    imagesPath: resolve(folder, required(values, 'images')),
    outPath: resolve(folder, required(values, 'out')),
    backend,
    sizePx: sizeOf(values['size'] ?? 'auto'),
    minScore: minScoreOf(values['min-score']),
  };
}

function scoreCommand(values: Values, folder: string): ScoreCommand {
  const task = required(values, 'task');
  if (task !== 'objects') throw new UsageError(`--task ${task} cannot be scored: only objects can`);
  return {
    name: 'score',
    labelsPath: resolve(folder, required(values, 'labels')),
    predictionsPath: resolve(folder, required(values, 'predictions')),
  };
}

function readFlags(argv: readonly string[], known: readonly string[]): Values {
  const options = Object.fromEntries(known.map((flag) => [flag, { type: 'string', multiple: true } as const]));
  let values: Readonly<Record<string, string[] | undefined>>;
  try {
    ({ values } = parseArgs({ args: [...argv], options, strict: true, allowPositionals: false }));
  } catch (thrown) {
    throw new UsageError(thrown instanceof Error ? thrown.message : 'the arguments cannot be read');
  }
  return Object.fromEntries(
    known.map((flag) => {
      const given = values[flag] ?? [];
      if (given.length > 1) throw new UsageError(`--${flag} is given more than once`);
      if (given[0] === '') throw new UsageError(`--${flag} is empty`);
      return [flag, given[0]];
    }),
  );
}

function required(values: Values, flag: string): string {
  const value = values[flag];
  if (value === undefined) throw new UsageError(`--${flag} is missing`);
  return value;
}

function sizeOf(text: string): number | 'auto' {
  if (text === 'auto') return 'auto';
  const sizePx = Number(text);
  const fits = /^\d+$/u.test(text) && sizePx >= 32 && sizePx <= 4096;
  if (!fits) throw new UsageError(`--size must be "auto" or whole pixels from 32 to 4096, not "${text}"`);
  return sizePx;
}

function minScoreOf(text: string | undefined): number | null {
  if (text === undefined) return null;
  const score = Number(text);
  const fits = text.trim() !== '' && score >= 0 && score <= 1;
  if (!fits) throw new UsageError(`--min-score must be a number from 0 to 1, not "${text}"`);
  return score;
}

function isOneOf<T extends string>(list: readonly T[], value: string): value is T {
  return list.some((each) => each === value);
}
