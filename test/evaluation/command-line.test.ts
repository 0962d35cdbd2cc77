import { execFile } from 'node:child_process';
import { mkdtemp, mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readBenchCommand } from '../../tools/bench/command.ts';
import { readCommand } from '../../tools/evaluate/command.ts';
import { UsageError } from '../../tools/evaluate/flags.ts';
import { listImages } from '../../tools/evaluate/list-images.ts';
import { predictionOf } from '../../tools/evaluate/prediction.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lintel-evaluate-'));
});
afterAll(() => rm(folder, { recursive: true }));

const predictFlags = ['predict', '--task', 'objects', '--images', 'photos', '--out', '/tmp/out.json'];

describe('readCommand', () => {
  it('reads predict, with paths from the folder of the caller', () => {
    expect(readCommand([...predictFlags, '--backend', 'wasm', '--size', '512', '--min-score', '0.02'], '/home/me')).toEqual({
      name: 'predict',
      task: 'objects',
      imagesPath: '/home/me/photos',
      outPath: '/tmp/out.json',
      backend: 'wasm',
      sizePx: 512,
      minScore: 0.02,
      modelFiles: [],
    });
  });

  it('reads the files of a model of one\'s own, from the folder of the caller', () => {
    expect(readCommand([...predictFlags, '--model-file', 'a.cfg,/b/a.weights'], '/home/me')).toMatchObject({ modelFiles: ['/home/me/a.cfg', '/b/a.weights'] });
  });

  it('leaves what is not said to the app', () => {
    expect(readCommand([...predictFlags, '--model', 'objects-centernet'], '/')).toMatchObject({ backend: 'auto', sizePx: 'auto', minScore: null });
  });

  it.each([
    [[], 'say what to do'],
    [['detect'], 'unknown command "detect"'],
    [['verify', '--pairs', 'a.csv'], 'verify cannot be run yet'],
    [['predict'], '--task is missing'],
    [['predict', '--task', 'pose'], '--task pose cannot be run yet'],
    [['predict', '--task', 'cats'], '--task must be one of objects, faces'],
    [['predict', '--task', 'faces', '--images', 'a'], '--out is missing'],
    [[...predictFlags, '--model', 'yolo'], 'there is objects-centernet'],
    [[...predictFlags, '--model-file', 'a.cfg,'], '--model-file has an empty path'],
    [[...predictFlags, '--model-file', 'a.onnx', '--model', 'objects-centernet'], 'exclude each other'],
    [[...predictFlags, '--backend', 'webgpu'], '--backend must be one of webgl, wasm, cpu, auto'],
    [[...predictFlags, '--size', '0'], '--size must be'],
    [[...predictFlags, '--size', '51.2'], '--size must be'],
    [[...predictFlags, '--min-score', '1.5'], '--min-score must be'],
    [[...predictFlags, '--min-score='], '--min-score is empty'],
    [[...predictFlags, '--task', 'faces'], '--task is given more than once'],
    [[...predictFlags, '--threads', '4'], '--threads'],
    [[...predictFlags, 'stray'], 'stray'],
    [['score', '--task', 'faces', '--labels', 'a', '--predictions', 'b'], 'only objects can'],
    [['score', '--task', 'objects', '--labels', 'a'], '--predictions is missing'],
  ])('refuses %j', (argv, reason) => {
    expect(() => readCommand(argv, '/')).toThrow(UsageError);
    expect(() => readCommand(argv, '/')).toThrow(reason);
  });
});

describe('readBenchCommand', () => {
  it('compares with every peer unless one is named', () => {
    expect(readBenchCommand(['--images', 'photos'], '/data')).toEqual({
      peers: ['graph', 'tfjs-nms'],
      task: 'objects',
      backend: 'wasm',
      sizePx: 512,
      minScore: 0.02,
      nmsMinScore: 0.25,
      imagesPath: '/data/photos',
      labelsPath: null,
    });
  });

  it('needs no pictures to compare suppression alone', () => {
    expect(readBenchCommand(['--peer', 'tfjs-nms', '--min-score', '0.5'], '/data')).toMatchObject({ peers: ['tfjs-nms'], imagesPath: null, nmsMinScore: 0.5 });
  });

  it.each([
    [['--peer', 'graph'], '--images is missing'],
    [['--images', 'a', '--peer', 'human'], '--peer human cannot be run yet'],
    [['--images', 'a', '--peer', 'yolo'], '--peer must be one of graph, tfjs-nms, all'],
    [['--images', 'a', '--backend', 'auto'], '--backend must be one of'],
  ])('refuses %j', (argv, reason) => {
    expect(() => readBenchCommand(argv, '/')).toThrow(reason);
  });
});

describe('listImages', () => {
  it('finds images below a folder in the order of their names, and takes a single file as it is', async () => {
    const root = join(folder, 'images');
    await mkdir(join(root, 'deep', 'folder.png'), { recursive: true });
    await Promise.all(['b.JPG', 'a.png', 'notes.txt', 'deep/c.webp'].map((name) => writeFile(join(root, name), '')));
    await symlink('/nowhere', join(root, 'broken.jpg'));
    const listed = await listImages(root);
    expect(listed.ok && listed.value.map((image) => image.file)).toEqual(['a.png', 'b.JPG', 'broken.jpg', 'deep/c.webp']);
    expect(await listImages(join(root, 'notes.txt'))).toEqual({ ok: true, value: [{ path: join(root, 'notes.txt'), file: 'notes.txt' }] });
  });

  it('fails for a folder without images and for nothing', async () => {
    await mkdir(join(folder, 'bare'));
    for (const path of ['bare', 'absent']) {
      expect(await listImages(join(folder, path))).toMatchObject({ ok: false, failure: { code: 'images-missing' } });
    }
  });
});

describe('predictionOf', () => {
  it('writes boxes in pixels, and a refused output as an error', () => {
    const box = { x1: 0, y1: 0.25, x2: 0.5, y2: 1 };
    const prediction = predictionOf('a.jpg', {
      frameId: 1,
      tMs: 0,
      size: { width: 640, height: 480 },
      objects: [{ classId: 2, label: 'car', score: 0.5, box, trackId: null }],
      faces: [],
      poses: [],
      runs: [{ task: 'objects', inputSize: { width: 512, height: 384 }, timings: { preprocessMs: 1, modelMs: 2, postprocessMs: 3 } }],
      faults: [{ task: 'objects', failure: { code: 'non-finite-output', detail: 'NaN' } }],
      timings: { totalMs: 7 },
      dropped: 0,
      backend: 'wasm',
    });
    expect(prediction).toEqual({
      file: 'a.jpg',
      width: 640,
      height: 480,
      ms: { preprocess: 1, model: 2, postprocess: 3, total: 7 },
      objects: [{ classId: 2, label: 'car', score: 0.5, box: [0, 120, 320, 480] }],
      faces: [],
      poses: [],
      error: { code: 'non-finite-output', detail: 'NaN' },
    });
  });
});

interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

function evaluate(...args: readonly string[]): Promise<Ran> {
  return new Promise((resolve) => {
    execFile(process.execPath, ['--import', 'tsx', 'tools/evaluate/main.ts', ...args], (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr });
    });
  });
}

describe('evaluate score', () => {
  const one = expect.closeTo(1, 9) as number;
  const labels = {
    images: [{ id: 1, file_name: 'a.jpg', width: 100, height: 100 }],
    annotations: [{ id: 1, image_id: 1, category_id: 1, bbox: [10, 10, 50, 50], area: 2500, iscrowd: 0 }],
    categories: [{ id: 1, name: 'person' }],
  };
  const image = { file: 'a.jpg', width: 100, height: 100, objects: [{ classId: 0, label: 'person', score: 0.9, box: [10, 10, 60, 60] }] };
  const files = { labels: '', predictions: '', yolo: '' };

  beforeAll(async () => {
    files.labels = join(folder, 'instances.json');
    files.predictions = join(folder, 'predictions.json');
    files.yolo = join(folder, 'labels');
    await mkdir(files.yolo);
    await writeFile(files.labels, JSON.stringify(labels));
    await writeFile(files.predictions, JSON.stringify({ task: 'objects', model: 'm', backend: 'wasm', images: [image] }));
    await writeFile(join(files.yolo, 'a.txt'), '0 0.35 0.35 0.5 0.5\n');
    await writeFile(join(files.yolo, 'classes.txt'), 'person\n');
  });

  it('prints one JSON object for COCO labels and the same for YOLO labels', async () => {
    for (const path of [files.labels, files.yolo]) {
      const { code, stdout, stderr } = await evaluate('score', '--task', 'objects', '--labels', path, '--predictions', files.predictions);
      expect(stderr).toBe('');
      expect(code).toBe(0);
      expect(JSON.parse(stdout)).toEqual({
        // As in COCO's own code, a perfect precision is a rounding error below 1.
        ...{ AP: one, AP50: one, AP75: one, APs: -1, APm: one, APl: -1 },
        ...{ AR1: 1, AR10: 1, AR100: 1, ARs: -1, ARm: 1, ARl: -1 },
        ...{ images: 1, gt: 1, detections: 1 },
      });
    }
  });

  it('names what is wrong with its files and ends with 1, with nothing on stdout', async () => {
    const wrong = join(folder, 'wrong.json');
    await writeFile(wrong, JSON.stringify({ ...labels, categories: [] }));
    const ran = await evaluate('score', '--task', 'objects', '--labels', wrong, '--predictions', files.predictions);
    expect(ran).toMatchObject({ code: 1, stdout: '' });
    expect(ran.stderr).toContain('annotations.0.category_id: no such id: 1');

    const absent = await evaluate('score', '--task', 'objects', '--labels', files.labels, '--predictions', join(folder, 'absent.json'));
    expect(absent).toMatchObject({ code: 1, stdout: '' });
    expect(absent.stderr).toContain('unreadable-file');
  });

  it('ends with 2 and the usage for a wrong command line', async () => {
    const ran = await evaluate('predict', '--task', 'pose', '--images', 'a', '--out', 'b');
    expect(ran).toMatchObject({ code: 2, stdout: '' });
    expect(ran.stderr).toContain('usage:');
  });
});
