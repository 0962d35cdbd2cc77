import type { Library, LibraryRequest } from '../page/peer-door.ts';
import { nothingSeen } from '../page/peer-door.ts';

/** What is used of `@vladmandic/face-api`. */
interface FaceApi {
  readonly version: string;
  readonly tf: {
    env(): { set(flag: string, value: boolean): void; getAsync(flag: string): Promise<unknown> };
    setWasmPaths(folder: string): void;
    setBackend(name: string): Promise<boolean>;
    ready(): Promise<void>;
    getBackend(): string;
  };
  readonly nets: Readonly<Record<'tinyFaceDetector' | 'faceLandmark68Net' | 'faceRecognitionNet', { loadFromUri(folder: string): Promise<void> }>>;
  readonly TinyFaceDetectorOptions: new (options: { inputSize: number; scoreThreshold: number }) => object;
  detectAllFaces(input: HTMLCanvasElement, options: object): { withFaceLandmarks(): Promise<readonly FaceApiFace[]> & { withFaceDescriptors(): Promise<readonly FaceApiFace[]> } };
}

interface FaceApiFace {
  readonly detection: { readonly box: { readonly x: number; readonly y: number; readonly width: number; readonly height: number } };
  readonly landmarks: { readonly positions: readonly { readonly x: number; readonly y: number }[] };
  /** Where descriptors were asked for. */
  readonly descriptor?: Float32Array;
}

/** The library's own choice of both, written down. */
const inputSize = 416;
const scoreThreshold = 0.5;

/** Starts face-api from its published bundle with the tiny detector, the 68 points and, to embed, the descriptor: wasm with one thread. */
export async function startFaceApi({ task }: LibraryRequest): Promise<Library> {
  if (task !== 'landmarks' && task !== 'embed') throw new RangeError(`face-api is no peer for ${task}`);
  const address = '/peers/face-api/face-api.esm.js';
  const faceApi = (await import(/* @vite-ignore */ address)) as FaceApi;
  const { tf, nets } = faceApi;
  tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  tf.setWasmPaths('/peers/wasm/');
  if (!(await tf.setBackend('wasm'))) throw new Error('face-api could not start wasm');
  await tf.ready();
  const embeds = task === 'embed';
  await Promise.all([nets.tinyFaceDetector, nets.faceLandmark68Net, ...(embeds ? [nets.faceRecognitionNet] : [])].map((net) => net.loadFromUri('/peers/face-api/model')));
  const options = new faceApi.TinyFaceDetectorOptions({ inputSize, scoreThreshold });
  const canvas = document.createElement('canvas');
  return {
    report: { version: faceApi.version, backend: tf.getBackend(), threads: 1, simd: (await tf.env().getAsync('WASM_HAS_SIMD_SUPPORT')) === true, settings: { inputSize, scoreThreshold } },
    prepare: (picture) => {
      canvas.width = picture.width;
      canvas.height = picture.height;
      canvas.getContext('2d')?.drawImage(picture, 0, 0);
      return Promise.resolve();
    },
    async look() {
      const found = faceApi.detectAllFaces(canvas, options).withFaceLandmarks();
      const faces = await (embeds ? found.withFaceDescriptors() : found);
      return {
        ...nothingSeen,
        faces: faces.map(({ landmarks }) => ({ pointsPx: landmarks.positions.map(({ x, y }) => ({ x, y })) })),
        embedded: faces.flatMap(({ detection: { box }, descriptor }) => (descriptor ? [{ boxPx: { x1: box.x, y1: box.y, x2: box.x + box.width, y2: box.y + box.height }, values: Array.from(descriptor) }] : [])),
      };
    },
    savedShare: () => null,
  };
}
