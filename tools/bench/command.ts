import { resolve } from 'node:path';
import type { BackendName, DetectorTask } from '../../src/pipeline/index.ts';
import { oneOf, readFlags, required, unitNumber, UsageError, wholePx } from '../evaluate/flags.ts';
import type { PeerName } from './page/bench-door.ts';
import { peerNames, picturePeerNames } from './page/bench-door.ts';

export interface BenchCommand {
  readonly peers: readonly PeerName[];
  readonly task: DetectorTask;
  readonly backend: BackendName;
  readonly sizePx: number;
  /** For peers that look at pictures: low, so that AP sees the whole curve. */
  readonly minScore: number;
  /** For `tfjs-nms`: the usual one of a live view. */
  readonly nmsMinScore: number;
  /** Null when no peer looks at pictures. */
  readonly imagesPath: string | null;
  /** Without labels only the time is compared. */
  readonly labelsPath: string | null;
}

/** What a comparison on pictures needs to know. */
export type PictureCommand = Omit<BenchCommand, 'imagesPath'>;

export const usage = `usage:
  npm run --silent bench -- --images <dir|file> [--labels <instances.json|dir of YOLO txt>]
      [--peer graph|all] [--task objects] [--backend webgl|wasm|cpu] [--size <px>] [--min-score <0..1>]
  npm run --silent bench -- --peer tfjs-nms [--backend webgl|wasm|cpu] [--min-score <0..1>]
`;

/** Part of the command line's contract, not there yet. */
const peersToCome = ['human', 'face-api'];

/** Reads the arguments behind `bench`. Throws UsageError for anything that is unknown, missing or out of range. */
export function readBenchCommand(argv: readonly string[], folder: string): BenchCommand {
  const flags = readFlags(argv, ['images', 'labels', 'peer', 'task', 'backend', 'size', 'min-score']);
  const peer = flags['peer'] ?? 'all';
  if (peersToCome.includes(peer)) throw new UsageError(`--peer ${peer} cannot be run yet`);
  const named = oneOf('peer', peer, [...peerNames, 'all']);
  const peers = named === 'all' ? peerNames : [named];
  const looksAtPictures = peers.some((each) => picturePeerNames.some((picturePeer) => picturePeer === each));
  const labels = flags['labels'];
  return {
    peers,
    task: oneOf('task', flags['task'] ?? 'objects', ['objects']),
    backend: oneOf('backend', flags['backend'] ?? 'wasm', ['webgl', 'wasm', 'cpu']),
    sizePx: wholePx('size', flags['size'] ?? '512'),
    minScore: unitNumber('min-score', flags['min-score'] ?? '0.02'),
    nmsMinScore: unitNumber('min-score', flags['min-score'] ?? '0.25'),
    imagesPath: looksAtPictures ? resolve(folder, required(flags, 'images')) : null,
    labelsPath: labels === undefined ? null : resolve(folder, labels),
  };
}
