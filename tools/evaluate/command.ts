import { resolve } from 'node:path';
import type { BackendName } from '../../src/pipeline/index.ts';
import type { Flags } from './flags.ts';
import { oneOf, readFlags, required, unitNumber, UsageError, wholePx } from './flags.ts';
import type { PredictTask } from './models.ts';
import { modelsOf, predictTasks } from './models.ts';
import type { ScoreTask } from './score-tasks.ts';
import { scoreTasks } from './score-tasks.ts';

export interface PredictCommand {
  readonly name: 'predict';
  readonly task: PredictTask;
  /** One of the task's models; null for the task's own choice. */
  readonly model: string | null;
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
  /** Labels whose boxes stand in for a detector's; null lets the detector look. */
  readonly boxesPath: string | null;
}

export interface ScoreCommand {
  readonly name: 'score';
  readonly task: ScoreTask;
  readonly labelsPath: string;
  readonly predictionsPath: string;
  /** Number of the first pixel of a row in `.pts` files. */
  readonly ptsOrigin: 0 | 1;
}

export type Command = PredictCommand | ScoreCommand | { readonly name: 'help' };

export const usage = `usage:
  npm run --silent evaluate -- predict --task objects|faces|landmarks|pose --images <dir|file> --out <file.json>
      [--model <id> | --model-file <path>[,<path>]] [--backend webgl|wasm|cpu|auto] [--size <px>|auto] [--min-score <0..1>]
      [--boxes <dlib.xml|person_keypoints.json>]
  npm run --silent evaluate -- score --task objects --labels <instances.json|dir of YOLO txt> --predictions <file.json>
  npm run --silent evaluate -- score --task landmarks --labels <dlib.xml|dir of .pts> --predictions <file.json> [--pts-origin 0|1]
  npm run --silent evaluate -- score --task pose --labels <person_keypoints.json> --predictions <file.json>

  --model-file  a model of your own, for objects and faces
  --model       landmarks: face-landmarks-68, or face-mesh, which adds its 468 points
  --boxes       landmarks, pose: look for points in the boxes of these labels and not in those of the detector
  --min-score   of the boxes: of faces for landmarks, of persons for pose
  --pts-origin  1 for .pts files that count pixels from 1, as the originals of 300-W do
`;

/** Part of the command line's contract, not part of the app yet. */
const tasksToCome = ['embed', 'liveness'];

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
      return predictCommand(readFlags(rest, ['task', 'images', 'out', 'model', 'model-file', 'backend', 'size', 'min-score', 'boxes']), folder);
    case 'score':
      return scoreCommand(readFlags(rest, ['task', 'labels', 'predictions', 'pts-origin']), folder);
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
  const task = oneOf('task', asked, predictTasks);
  const model = flags['model'] ?? null;
  const models = modelsOf(task);
  if (model !== null && !models.includes(model)) throw new UsageError(`--model ${model} does not exist for ${task}: there is ${models.join(', ')}`);
  const modelFile = flags['model-file'];
  if (model !== null && modelFile !== undefined) throw new UsageError('--model and --model-file exclude each other');
  const looksForPoints = task === 'landmarks' || task === 'pose';
  if (looksForPoints && modelFile !== undefined) throw new UsageError(`--model-file goes with objects and faces, not with ${task}`);
  const boxes = flags['boxes'];
  if (!looksForPoints && boxes !== undefined) throw new UsageError(`--boxes goes with landmarks and pose, not with ${task}`);
  const size = flags['size'] ?? 'auto';
  const minScore = flags['min-score'];
  return {
    name: 'predict',
    task,
    model,
    imagesPath: resolve(folder, required(flags, 'images')),
    outPath: resolve(folder, required(flags, 'out')),
    backend: oneOf('backend', flags['backend'] ?? 'auto', ['webgl', 'wasm', 'cpu', 'auto']),
    sizePx: size === 'auto' ? size : wholePx('size', size),
    minScore: minScore === undefined ? null : unitNumber('min-score', minScore),
    modelFiles: modelFile === undefined ? [] : modelPaths(modelFile, folder),
    boxesPath: boxes === undefined ? null : resolve(folder, boxes),
  };
}

/** Paths between commas, absolute. */
function modelPaths(given: string, folder: string): readonly string[] {
  const paths = given.split(',').map((path) => path.trim());
  if (paths.includes('')) throw new UsageError('--model-file has an empty path between its commas');
  return paths.map((path) => resolve(folder, path));
}

function scoreCommand(flags: Flags, folder: string): ScoreCommand {
  const task = oneOf('task', required(flags, 'task'), scoreTasks);
  return {
    name: 'score',
    task,
    labelsPath: resolve(folder, required(flags, 'labels')),
    predictionsPath: resolve(folder, required(flags, 'predictions')),
    ptsOrigin: oneOf('pts-origin', flags['pts-origin'] ?? '0', ['0', '1']) === '1' ? 1 : 0,
  };
}
