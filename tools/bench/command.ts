import { resolve } from 'node:path';
import type { Size } from '../../src/geometry/index.ts';
import type { BackendName } from '../../src/pipeline/index.ts';
import type { Flags } from '../evaluate/flags.ts';
import { oneOf, readFlags, required, unitNumber, UsageError, wholePx } from '../evaluate/flags.ts';
import type { PeerName } from './page/bench-door.ts';
import { peerNames } from './page/bench-door.ts';

export const benchTasks = ['objects', 'landmarks', 'mesh', 'pose', 'verify', 'embed'] as const;
export type BenchTask = (typeof benchTasks)[number];

export interface BenchCommand {
  readonly peers: readonly PeerName[];
  readonly task: BenchTask;
  readonly backend: BackendName;
  /** Long side of our detector's input. */
  readonly sizePx: { readonly objects: number; readonly faces: number };
  /** Of the frames of a stream. */
  readonly frameSize: Size;
  /** Frames that each picture is shown in a stream; 1 for the frames of a video. */
  readonly holdFrames: number;
  /** For peers that look at pictures: low, so that AP sees the whole curve. Each person costs a look, so theirs is higher. */
  readonly minScore: number;
  /** For `tfjs-nms`: the usual one of a live view. */
  readonly nmsMinScore: number;
  /** Null when no peer looks at pictures. */
  readonly imagesPath: string | null;
  /** Without labels only the time is compared. */
  readonly labelsPath: string | null;
  /** For `verify`: the pairs, and what their names are relative to. */
  readonly pairsPath: string | null;
  readonly rootPath: string | null;
}

/** What a comparison on pictures needs to know. */
export type PictureCommand = Omit<BenchCommand, 'imagesPath'>;

export const usage = `usage:
  npm run --silent bench -- --images <dir|file> [--labels <instances.json|dir of YOLO txt>]
      [--peer graph|all] [--task objects] [--backend webgl|wasm|cpu] [--size <px>] [--min-score <0..1>]
  npm run --silent bench -- --peer tfjs-nms [--backend webgl|wasm|cpu] [--min-score <0..1>]
  npm run --silent bench -- --peer human --task pose|mesh|objects --images <dir|file> [--size <width>x<height>] [--hold <frames>]
  npm run --silent bench -- --peer human --task pose --images <dir|file> --labels <person_keypoints.json>
  npm run --silent bench -- --peer face-api --task landmarks --images <dir|file> --labels <dlib.xml|dir of .pts>
  npm run --silent bench -- --peer face-api --task verify --pairs <a,b,same[,fold].csv> --root <dir>
  npm run --silent bench -- --peer face-api --task embed --images <dir|file> [--size <width>x<height>] [--hold <frames>]

  human    without labels: a stream of frames of --size, each picture slowly panned and zoomed for --hold frames
           (1 for the frames of a video); with labels: stills, the accuracy of both sides
  all      every peer for the task that can be run with what is given
`;

/** Who can be compared with in which task. */
const peersOf: Readonly<Record<BenchTask, readonly PeerName[]>> = {
  objects: ['graph', 'tfjs-nms', 'human'],
  landmarks: ['face-api'],
  mesh: ['human'],
  pose: ['human'],
  verify: ['face-api'],
  embed: ['face-api'],
};

/** What the app looks at frames with at its best. */
const largestPx = { objects: 512, faces: 416 } as const;
const usualFrame: Size = { width: 640, height: 480 };

/** Reads the arguments behind `bench`. Throws UsageError for anything that is unknown, missing or out of range. */
export function readBenchCommand(argv: readonly string[], folder: string): BenchCommand {
  const flags = readFlags(argv, ['images', 'labels', 'pairs', 'root', 'peer', 'task', 'backend', 'size', 'hold', 'min-score']);
  const task = oneOf('task', flags['task'] ?? 'objects', benchTasks);
  const named = oneOf('peer', flags['peer'] ?? 'all', [...peerNames, 'all']);
  if (named !== 'all' && !peersOf[task].includes(named)) throw new UsageError(`--peer ${named} is none for --task ${task}: there is ${peersOf[task].join(', ')}`);
  const labels = flags['labels'];
  // Labels of objects belong to the pictures of `graph`; human shows its objects as a stream.
  const peers = named === 'all' ? peersOf[task].filter((peer) => !(peer === 'human' && task === 'objects' && labels !== undefined)) : [named];
  if (labels !== undefined && named === 'human' && task !== 'pose') throw new UsageError(`--labels are not compared with human for ${task}`);
  const verifies = task === 'verify';
  if (!verifies && (flags['pairs'] ?? flags['root']) !== undefined) throw new UsageError(`--pairs and --root go with verify, not with ${task}`);
  if (labels === undefined && task === 'landmarks') throw new UsageError('--labels is missing: landmarks are compared by their error');
  const backend = oneOf('backend', flags['backend'] ?? 'wasm', ['webgl', 'wasm', 'cpu']);
  if (backend !== 'wasm' && peers.some((peer) => peer === 'human' || peer === 'face-api') && named !== 'all') throw new UsageError(`--peer ${named} is compared on wasm`);
  return {
    peers: backend === 'wasm' ? peers : peers.filter((peer) => peer !== 'human'),
    task,
    backend,
    ...sizesOf(flags),
    holdFrames: wholeFrames(flags['hold'] ?? '60'),
    minScore: unitNumber('min-score', flags['min-score'] ?? (task === 'pose' ? '0.1' : '0.02')),
    nmsMinScore: unitNumber('min-score', flags['min-score'] ?? '0.25'),
    imagesPath: !verifies && peers.some((peer) => peer !== 'tfjs-nms') ? resolve(folder, required(flags, 'images')) : null,
    labelsPath: labels === undefined ? null : resolve(folder, labels),
    pairsPath: verifies ? resolve(folder, required(flags, 'pairs')) : null,
    rootPath: verifies ? resolve(folder, required(flags, 'root')) : null,
  };
}

/** `512` is the long side of the detector's input, `640x480` the size of frames. */
function sizesOf(flags: Flags): Pick<BenchCommand, 'sizePx' | 'frameSize'> {
  const size = flags['size'];
  if (size === undefined) return { sizePx: largestPx, frameSize: usualFrame };
  const sides = size.split('x');
  if (sides.length > 2) throw new UsageError(`--size must be <px> or <width>x<height>, not "${size}"`);
  const [width = 0, height] = sides.map((side) => wholePx('size', side));
  return height === undefined ? { sizePx: { objects: width, faces: width }, frameSize: usualFrame } : { sizePx: largestPx, frameSize: { width, height } };
}

function wholeFrames(text: string): number {
  const frames = Number(text);
  if (!/^\d+$/u.test(text) || frames < 1 || frames > 10_000) throw new UsageError(`--hold must be whole frames from 1 to 10000, not "${text}"`);
  return frames;
}
