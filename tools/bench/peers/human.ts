import type { Point } from '../../../src/geometry/index.ts';
import type { ScoredPose } from '../../../src/evaluation/index.ts';
import type { Library, LibraryRequest, LibraryTask, Seen } from '../page/peer-door.ts';
import { nothingSeen } from '../page/peer-door.ts';

/** What is used of `@vladmandic/human`. */
interface Human {
  readonly version: string;
  readonly tf: { env(): { set(flag: string, value: boolean): void; getAsync(flag: string): Promise<unknown> }; getBackend(): string };
  readonly performance: { readonly totalFrames?: number; readonly cachedFrames?: number };
  init(): Promise<void>;
  load(): Promise<void>;
  detect(input: HTMLCanvasElement): Promise<HumanResult>;
}

interface HumanResult {
  readonly error: string | null;
  readonly face: readonly { readonly mesh: readonly (readonly [number, number, number])[] }[];
  readonly body: readonly { readonly keypoints: readonly { readonly part: string; readonly score: number; readonly position: readonly [number, number] }[] }[];
  readonly object: readonly { readonly class: number; readonly score: number; readonly box: readonly [number, number, number, number] }[];
}

type HumanConstructor = new (config: Readonly<Record<string, unknown>>) => Human;

/** COCO's order, by the names of the library. */
const parts = [
  ...['nose', 'leftEye', 'rightEye', 'leftEar', 'rightEar', 'leftShoulder', 'rightShoulder', 'leftElbow', 'rightElbow'],
  ...['leftWrist', 'rightWrist', 'leftHip', 'rightHip', 'leftKnee', 'rightKnee', 'leftAnkle', 'rightAnkle'],
];

const off = { enabled: false } as const;

/** Most faces that it looks for: it takes one unless told. */
const mostFaces = 10;

/**
 * Everything off that the task does not need. A stream keeps the library's own rules for saving work from frame to frame
 * (`cacheSensitivity`, `skipFrames`, `skipTime`); a still has none, and gives points of any score.
 */
function settingsOf(task: LibraryTask, care: LibraryRequest['care']): Readonly<Record<string, unknown>> {
  const only = (name: LibraryTask, more: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> => (name === task ? { enabled: true, ...more } : off);
  return {
    ...{ backend: 'wasm', wasmPath: '/peers/wasm/', modelBasePath: '/peers/human/models/', warmup: 'none', cacheModels: false },
    ...(care === 'still' ? { cacheSensitivity: 0 } : {}),
    ...{ filter: off, gesture: off, hand: off, segmentation: off },
    face: only('mesh', { detector: { maxDetected: mostFaces }, mesh: { enabled: true }, attention: off, iris: off, emotion: off, description: off, antispoof: off, liveness: off }),
    body: only('pose', { modelPath: 'movenet-lightning.json', ...(care === 'still' ? { minConfidence: 0 } : {}) }),
    object: only('objects', { modelPath: 'centernet.json' }),
  };
}

/** Starts human from its published bundle: wasm with one thread, as our engine on the page's thread has it. */
export async function startHuman({ task, care }: LibraryRequest): Promise<Library> {
  const address = '/peers/human/human.esm.js';
  const { default: Human } = (await import(/* @vite-ignore */ address)) as { default: HumanConstructor };
  const human = new Human(settingsOf(task, care));
  human.tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  await human.init();
  await human.load();
  const canvas = document.createElement('canvas');
  return {
    report: {
      version: human.version,
      backend: human.tf.getBackend(),
      threads: 1,
      simd: (await human.tf.env().getAsync('WASM_HAS_SIMD_SUPPORT')) === true,
      settings: { cacheSensitivity: care === 'still' ? 0 : 'default', filter: false, ...(task === 'mesh' ? { maxDetected: mostFaces } : {}), ...(task === 'pose' && care === 'still' ? { minConfidence: 0 } : {}) },
    },
    prepare: (picture) => {
      canvas.width = picture.width;
      canvas.height = picture.height;
      canvas.getContext('2d')?.drawImage(picture, 0, 0);
      return Promise.resolve();
    },
    async look() {
      const result = await human.detect(canvas);
      if (result.error) throw new Error(result.error);
      return seenIn(result);
    },
    savedShare: () => (human.performance.cachedFrames ?? 0) / (human.performance.totalFrames ?? 1),
  };
}

function seenIn({ face, body, object }: HumanResult): Seen {
  return {
    ...nothingSeen,
    objects: object.map(({ class: classId, score, box: [x, y, w, h] }) => ({ classId, score, boxPx: { x1: x, y1: y, x2: x + w, y2: y + h } })),
    faces: face.filter(({ mesh }) => mesh.length > 6).map(({ mesh }) => ({ pointsPx: mesh.map(([x, y]) => ({ x, y })) })),
    poses: body.flatMap(({ keypoints }) => (keypoints.length > 0 ? [poseOf(keypoints)] : [])),
  };
}

/** Its score is the mean of its points, which ranks better than the library's own: the score of its best point. */
function poseOf(keypoints: HumanResult['body'][number]['keypoints']): ScoredPose {
  const places = new Map(keypoints.map(({ part, position: [x, y] }): [string, Point] => [part, { x, y }]));
  const middle = keypoints.reduce((sum, { position: [x, y] }) => ({ x: sum.x + x / keypoints.length, y: sum.y + y / keypoints.length }), { x: 0, y: 0 });
  return {
    score: keypoints.reduce((sum, { score }) => sum + score, 0) / parts.length,
    pointsPx: parts.map((part) => places.get(part) ?? middle),
  };
}
