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

export interface VerifyCommand {
  readonly name: 'verify';
  readonly pairsPath: string;
  /** What the names of the pairs are relative to. */
  readonly rootPath: string;
  readonly model: string | null;
  /** Where the distance of every pair goes; null for nowhere. */
  readonly outPath: string | null;
  readonly backend: BackendName | 'auto';
  readonly sizePx: number | 'auto';
  readonly minScore: number | null;
}

export interface LearnCommand {
  readonly name: 'learn';
  /** A folder with a folder for each person. */
  readonly imagesPath: string;
  readonly model: string | null;
  readonly backend: BackendName | 'auto';
  readonly sizePx: number | 'auto';
  readonly minScore: number | null;
}

export type Command = PredictCommand | ScoreCommand | VerifyCommand | LearnCommand | { readonly name: 'help' };

export const usage = `usage:
  npm run --silent evaluate -- predict --task objects|faces|landmarks|pose|embed|liveness --images <dir|file> --out <file.json>
      [--model <id> | --model-file <path>[,<path>]] [--backend webgl|wasm|cpu|auto] [--size <px>|auto] [--min-score <0..1>]
      [--boxes <dlib.xml|person_keypoints.json>]
  npm run --silent evaluate -- score --task objects --labels <instances.json|dir of YOLO txt> --predictions <file.json>
  npm run --silent evaluate -- score --task landmarks --labels <dlib.xml|dir of .pts> --predictions <file.json> [--pts-origin 0|1]
  npm run --silent evaluate -- score --task pose --labels <person_keypoints.json> --predictions <file.json>
  npm run --silent evaluate -- verify --pairs <a,b,same[,fold].csv> --root <dir> [--model <id>] [--out <file.json>]
      [--backend webgl|wasm|cpu|auto] [--size <px>|auto] [--min-score <0..1>]
  npm run --silent evaluate -- learn --images <dir with a folder for each person> [--model <id>]
      [--backend webgl|wasm|cpu|auto] [--size <px>|auto] [--min-score <0..1>]

  --model-file  a model of your own, for objects and faces
  --model       landmarks: face-landmarks-68, or face-mesh, which adds its 468 points;
                embed, verify, learn: face-descriptor-128, or face-descriptor-1024
  --boxes       landmarks, pose: look for points in the boxes of these labels and not in those of the detector
  --min-score   of the boxes: of faces for landmarks, of persons for pose
  --pts-origin  1 for .pts files that count pixels from 1, as the originals of 300-W do
`;

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
      return verifyCommand(readFlags(rest, ['pairs', 'root', 'model', 'out', 'backend', 'size', 'min-score']), folder);
    case 'learn':
      return learnCommand(readFlags(rest, ['images', 'model', 'backend', 'size', 'min-score']), folder);
    case undefined:
      throw new UsageError('say what to do: predict, score, verify or learn');
    default:
      throw new UsageError(`unknown command "${name}": predict, score, verify and learn exist`);
  }
}

function predictCommand(flags: Flags, folder: string): PredictCommand {
  const task = oneOf('task', required(flags, 'task'), predictTasks);
  const model = modelFor(task, flags);
  const modelFile = flags['model-file'];
  if (model !== null && modelFile !== undefined) throw new UsageError('--model and --model-file exclude each other');
  const looksForPoints = task === 'landmarks' || task === 'pose';
  if (task !== 'objects' && task !== 'faces' && modelFile !== undefined) throw new UsageError(`--model-file goes with objects and faces, not with ${task}`);
  const boxes = flags['boxes'];
  if (!looksForPoints && boxes !== undefined) throw new UsageError(`--boxes goes with landmarks and pose, not with ${task}`);
  return {
    name: 'predict',
    task,
    model,
    imagesPath: resolve(folder, required(flags, 'images')),
    outPath: resolve(folder, required(flags, 'out')),
    ...howToLook(flags),
    modelFiles: modelFile === undefined ? [] : modelPaths(modelFile, folder),
    boxesPath: boxes === undefined ? null : resolve(folder, boxes),
  };
}

function verifyCommand(flags: Flags, folder: string): VerifyCommand {
  const out = flags['out'];
  return {
    name: 'verify',
    pairsPath: resolve(folder, required(flags, 'pairs')),
    rootPath: resolve(folder, required(flags, 'root')),
    model: modelFor('embed', flags),
    outPath: out === undefined ? null : resolve(folder, out),
    ...howToLook(flags),
  };
}

function learnCommand(flags: Flags, folder: string): LearnCommand {
  return {
    name: 'learn',
    imagesPath: resolve(folder, required(flags, 'images')),
    model: modelFor('embed', flags),
    ...howToLook(flags),
  };
}

/** null where none is named: the task chooses. */
function modelFor(task: PredictTask, flags: Flags): string | null {
  const model = flags['model'] ?? null;
  const models = modelsOf(task);
  if (model !== null && !models.includes(model)) throw new UsageError(`--model ${model} does not exist for ${task}: there is ${models.join(', ')}`);
  return model;
}

function howToLook(flags: Flags): Pick<PredictCommand, 'backend' | 'sizePx' | 'minScore'> {
  const size = flags['size'] ?? 'auto';
  const minScore = flags['min-score'];
  return {
    backend: oneOf('backend', flags['backend'] ?? 'auto', ['webgl', 'wasm', 'cpu', 'auto']),
    sizePx: size === 'auto' ? size : wholePx('size', size),
    minScore: minScore === undefined ? null : unitNumber('min-score', minScore),
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
