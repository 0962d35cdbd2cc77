import { resolve } from 'node:path';
import type { BackendName, TaskName } from '../../src/pipeline/index.ts';
import { oneOf, readFlags, required, unitNumber, UsageError, wholePx } from '../evaluate/flags.ts';
import type { PeerName } from './page/bench-door.ts';
import { peerNames } from './page/bench-door.ts';

export interface BenchCommand {
  readonly peers: readonly PeerName[];
  readonly task: TaskName;
  readonly backend: BackendName;
  readonly sizePx: number;
  readonly minScore: number;
  readonly imagesPath: string;
  /** Without labels only the time is compared. */
  readonly labelsPath: string | null;
}

export const usage = `usage:
  npm run --silent bench -- --images <dir|file> [--labels <instances.json|dir of YOLO txt>]
      [--peer graph|all] [--task objects] [--backend webgl|wasm|cpu] [--size <px>] [--min-score <0..1>]
`;

/** Part of the command line's contract, not there yet. */
const peersToCome = ['human', 'face-api', 'tfjs-nms'];

/** Reads the arguments behind `bench`. Throws UsageError for anything that is unknown, missing or out of range. */
export function readBenchCommand(argv: readonly string[], folder: string): BenchCommand {
  const flags = readFlags(argv, ['images', 'labels', 'peer', 'task', 'backend', 'size', 'min-score']);
  const peer = flags['peer'] ?? 'all';
  if (peersToCome.includes(peer)) throw new UsageError(`--peer ${peer} cannot be run yet`);
  const named = oneOf('peer', peer, [...peerNames, 'all']);
  const labels = flags['labels'];
  return {
    peers: named === 'all' ? peerNames : [named],
    task: oneOf('task', flags['task'] ?? 'objects', ['objects']),
    backend: oneOf('backend', flags['backend'] ?? 'wasm', ['webgl', 'wasm', 'cpu']),
    sizePx: wholePx('size', flags['size'] ?? '512'),
    minScore: unitNumber('min-score', flags['min-score'] ?? '0.02'),
    imagesPath: resolve(folder, required(flags, 'images')),
    labelsPath: labels === undefined ? null : resolve(folder, labels),
  };
}
