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
    expect(readCommand([...predictFlags, '--backend', 'wasm', '--size', '512', '--min-score', '0.02'], '/somewhere')).toEqual({
      name: 'predict',
      task: 'objects',
      model: null,
      imagesPath: '/somewhere/photos',
      outPath: '/tmp/out.json',
      backend: 'wasm',
      sizePx: 512,
      minScore: 0.02,
      modelFiles: [],
      boxesPath: null,
    });
  });

  it('reads tasks of points, with a model and boxes of labels', () => {
    expect(readCommand(['predict', '--task', 'landmarks', '--model', 'face-mesh', '--images', 'a', '--out', 'b', '--boxes', 'c.xml'], '/somewhere')).toMatchObject({ task: 'landmarks', model: 'face-mesh', boxesPath: '/somewhere/c.xml' });
    expect(readCommand(['predict', '--task', 'pose', '--images', 'a', '--out', 'b'], '/')).toMatchObject({ task: 'pose', model: null, boxesPath: null });
  });

  it('reads score', () => {
    expect(readCommand(['score', '--task', 'landmarks', '--labels', 'pts', '--predictions', 'p.json', '--pts-origin', '1'], '/somewhere')).toEqual({
      name: 'score',
      task: 'landmarks',
      labelsPath: '/somewhere/pts',
      predictionsPath: '/somewhere/p.json',
      ptsOrigin: 1,
    });
    expect(readCommand(['score', '--task', 'pose', '--labels', 'k.json', '--predictions', 'p.json'], '/')).toMatchObject({ task: 'pose', ptsOrigin: 0 });
  });

  it('reads the files of a model of one\'s own, from the folder of the caller', () => {
    expect(readCommand([...predictFlags, '--model-file', 'a.cfg,/b/a.weights'], '/somewhere')).toMatchObject({ modelFiles: ['/somewhere/a.cfg', '/b/a.weights'] });
  });

  it('leaves what is not said to the app', () => {
    expect(readCommand([...predictFlags, '--model', 'objects-centernet'], '/')).toMatchObject({ backend: 'auto', sizePx: 'auto', minScore: null });
  });

  it.each([
    [[], 'say what to do'],
    [['detect'], 'unknown command "detect"'],
    [['verify', '--pairs', 'a.csv'], '--root is missing'],
    [['predict'], '--task is missing'],
    [['predict', '--task', 'embed'], '--images is missing'],
    [['verify', '--pairs', 'a.csv', '--root', '.', '--model', 'pose-movenet'], '--model pose-movenet does not exist for embed'],
    [['predict', '--task', 'cats'], '--task must be one of objects, faces, landmarks, pose'],
    [['predict', '--task', 'landmarks', '--model', 'pose-movenet'], 'there is face-landmarks-68, face-mesh'],
    [['predict', '--task', 'pose', '--model-file', 'a.onnx'], '--model-file goes with objects and faces'],
    [[...predictFlags, '--boxes', 'a.json'], '--boxes goes with landmarks and pose'],
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
    [['score', '--task', 'faces', '--labels', 'a', '--predictions', 'b'], '--task must be one of objects, landmarks, pose'],
    [['score', '--task', 'landmarks', '--labels', 'a', '--predictions', 'b', '--pts-origin', '2'], '--pts-origin must be one of 0, 1'],
    [['score', '--task', 'objects', '--labels', 'a'], '--predictions is missing'],
  ])('refuses %j', (argv, reason) => {
    expect(() => readCommand(argv, '/')).toThrow(UsageError);
    expect(() => readCommand(argv, '/')).toThrow(reason);
  });
});

describe('readBenchCommand', () => {
  const usual = {
    backend: 'wasm',
    sizePx: { objects: 512, faces: 416 },
    frameSize: { width: 640, height: 480 },
    holdFrames: 60,
    minScore: 0.02,
    nmsMinScore: 0.25,
    imagesPath: '/data/photos',
    labelsPath: null,
    pairsPath: null,
    rootPath: null,
  };

  it('compares with every peer of the task unless one is named', () => {
    expect(readBenchCommand(['--images', 'photos'], '/data')).toEqual({ ...usual, peers: ['graph', 'tfjs-nms', 'human'], task: 'objects' });
    expect(readBenchCommand(['--images', 'photos', '--task', 'pose'], '/data')).toEqual({ ...usual, peers: ['human'], task: 'pose', minScore: 0.1 });
    expect(readBenchCommand(['--images', 'photos', '--task', 'landmarks', '--labels', 'a.xml'], '/data')).toEqual({ ...usual, peers: ['face-api'], task: 'landmarks', labelsPath: '/data/a.xml' });
  });

  it('leaves out peers that cannot be compared with what is given', () => {
    expect(readBenchCommand(['--images', 'photos', '--labels', 'a.json'], '/data').peers).toEqual(['graph', 'tfjs-nms']);
    expect(readBenchCommand(['--images', 'photos', '--backend', 'webgl'], '/data').peers).toEqual(['graph', 'tfjs-nms']);
  });

  it('takes one number for the size of the input, two for that of frames', () => {
    expect(readBenchCommand(['--images', 'photos', '--size', '320'], '/data')).toEqual({ ...usual, peers: ['graph', 'tfjs-nms', 'human'], task: 'objects', sizePx: { objects: 320, faces: 320 } });
    expect(readBenchCommand(['--images', 'photos', '--peer', 'human', '--task', 'mesh', '--size', '1920x1080', '--hold', '1'], '/data')).toEqual({
      ...usual,
      ...{ peers: ['human'], task: 'mesh', frameSize: { width: 1920, height: 1080 }, holdFrames: 1 },
    });
  });

  it('needs no pictures to compare suppression alone', () => {
    expect(readBenchCommand(['--peer', 'tfjs-nms', '--min-score', '0.5'], '/data')).toMatchObject({ peers: ['tfjs-nms'], imagesPath: null, nmsMinScore: 0.5 });
  });

  it.each([
    [['--peer', 'graph'], '--images is missing'],
    [['--images', 'a', '--peer', 'yolo'], '--peer must be one of graph, tfjs-nms, human, face-api, all'],
    [['--images', 'a', '--task', 'pose', '--peer', 'face-api'], '--peer face-api is none for --task pose: there is human'],
    [['--images', 'a', '--task', 'faces'], '--task must be one of objects, landmarks, mesh, pose, verify, embed'],
    [['--images', 'a', '--task', 'landmarks'], '--labels is missing'],
    [['--images', 'a', '--task', 'mesh', '--peer', 'human', '--labels', 'a'], '--labels are not compared with human for mesh'],
    [['--images', 'a', '--peer', 'human', '--backend', 'webgl'], '--peer human is compared on wasm'],
    [['--images', 'a', '--task', 'pose', '--pairs', 'a.csv'], '--pairs and --root go with verify'],
    [['--task', 'verify', '--pairs', 'a.csv'], '--root is missing'],
    [['--images', 'a', '--size', '640x480x3'], '--size must be <px> or <width>x<height>'],
    [['--images', 'a', '--size', '640x'], '--size must be whole pixels'],
    [['--images', 'a', '--hold', '0'], '--hold must be whole frames'],
    [['--images', 'a', '--backend', 'auto'], '--backend must be one of'],
  ])('refuses %j', (argv, reason) => {
    expect(() => readBenchCommand(argv, '/')).toThrow(UsageError);
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

/** One point of a list, on the frame's diagonal. */
const diagonal = (length: number, z: Float32Array | null = null) => ({
  xy: Float32Array.from({ length: 2 * length }, (_, i) => Math.floor(i / 2) / 512),
  z,
  scores: new Float32Array(length).fill(0.5),
  inside: new Uint8Array(length).fill(1),
});

describe('predictionOf points', () => {
  const size = { width: 512, height: 1024 };
  const box = { x1: 0, y1: 0, x2: 0.5, y2: 0.5 };
  const facts = { yawRad: 0, pitchRad: 0, rollRad: 0, leftEyeOpen: null, rightEyeOpen: null, mouthOpen: null, smile: null, gaze: null, blinks: 0 };
  const run = (task: 'faces' | 'landmarks') => ({ task, inputSize: size, timings: { preprocessMs: 1, modelMs: 2, postprocessMs: 3 } });
  const frame = { frameId: 1, tMs: 0, size, objects: [], poses: [], runs: [run('faces'), run('landmarks')], faults: [], timings: { totalMs: 20 }, dropped: 0, backend: 'wasm' as const };
  const seen = { score: 0.9, box, trackId: null, facts, evidence: null };

  it('writes the 68 points in pixels, adds up the times of all runs, and leaves out what was not found', () => {
    const prediction = predictionOf('a.jpg', { ...frame, faces: [{ ...seen, landmarks: diagonal(68), mesh: null }, { ...seen, landmarks: null, mesh: null, facts: null }] });
    expect(prediction.ms).toEqual({ preprocess: 2, model: 4, postprocess: 6, total: 20 });
    expect(prediction.faces[0]?.points68).toHaveLength(68);
    expect(prediction.faces[0]?.points68?.[3]).toEqual([3, 6]);
    expect(prediction.faces.map(Object.keys)).toEqual([['score', 'box', 'points68'], ['score', 'box']]);
  });

  it('takes the 68 points out of a mesh where only that was asked for', () => {
    const [face] = predictionOf('a.jpg', { ...frame, faces: [{ ...seen, landmarks: null, mesh: diagonal(468, new Float32Array(468).fill(0.25)) }] }).faces;
    expect(face?.mesh468?.[3]).toEqual([3, 6, 128]);
    // The outer corner of the right eye: point 36 of 68 and 33 of 468.
    expect(face?.points68?.[36]).toEqual([33, 66]);
  });

  it('writes the numbers of a face and what says that it lives', () => {
    const values = Float32Array.from([0.5, -0.25]);
    const evidence = { tMs: 0, verdict: { ok: true, quality: 1 } as never, descriptor: { modelId: 'm', values }, liveness: 0.75, antispoof: null, moire: null, chip: null };
    const [face] = predictionOf('a.jpg', { ...frame, faces: [{ ...seen, landmarks: null, mesh: null, evidence }] }).faces;
    expect(face).toEqual({ score: 0.9, box: [0, 0, 256, 512], descriptor: [0.5, -0.25], liveness: 0.75 });
  });

  it('writes bodies with 17 points and their scores', () => {
    const poseFacts = { posture: 'not-sure' as const, postureConfidence: 0, leftHandRaised: false, rightHandRaised: false };
    const { poses } = predictionOf('a.jpg', { ...frame, faces: [], poses: [{ score: 0.5, box, trackId: null, points: diagonal(17), facts: poseFacts }] });
    expect(poses[0]).toMatchObject({ score: 0.5, box: [0, 0, 256, 512] });
    expect(poses[0]?.points).toHaveLength(17);
    expect(poses[0]?.points[16]).toEqual([16, 32, 0.5]);
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

  it('scores landmarks against dlib xml and against .pts files', async () => {
    const points68 = Array.from({ length: 68 }, (_, i) => [100 + i, 100 + (i % 7)]);
    const parts = points68.map(([x, y], i) => `<part name='${i}' x='${x}' y='${y}'/>`).join('');
    const off = points68.map(([x = 0, y = 0]) => [x, y + 0.9]);
    const predictions = { task: 'landmarks', model: 'm', backend: 'wasm', images: [{ file: 'a.jpg', width: 500, height: 500, faces: [{ score: 1, box: [0, 0, 1, 1], points68: off }] }] };
    const pts = join(folder, 'pts');
    await mkdir(pts);
    await Promise.all([
      writeFile(join(folder, 'faces.json'), JSON.stringify(predictions)),
      writeFile(join(folder, 'faces.xml'), `<dataset><images><image file='a.jpg'><box top='1' left='1' width='9' height='9'>${parts}</box></image></images></dataset>`),
      writeFile(join(pts, 'a.pts'), `version: 1\nn_points: 68\n{\n${points68.map((point) => point.join(' ')).join('\n')}\n}\n`),
    ]);
    for (const labelled of ['faces.xml', 'pts']) {
      const ran = await evaluate('score', '--task', 'landmarks', '--labels', join(folder, labelled), '--predictions', join(folder, 'faces.json'));
      expect(ran).toMatchObject({ code: 0, stderr: '' });
      // Outer eye corners 9 px apart in x, and 36 % 7 - 45 % 7 = -2 px in y.
      expect(JSON.parse(ran.stdout)).toMatchObject({ NME: expect.closeTo(0.9 / Math.hypot(9, 2), 6) as number, failureRate: 1, faces: 1, found: 1, notFound: 0, extra: 0, images: 1 });
    }
    const wrong = await evaluate('score', '--task', 'landmarks', '--labels', folder, '--predictions', join(folder, 'faces.json'));
    expect(wrong).toMatchObject({ code: 1, stdout: '' });
    expect(wrong.stderr).toContain('labels-missing');
  });

  it('scores poses against key points of COCO', async () => {
    const places = Array.from({ length: 17 }, (_, i) => [100 + 5 * i, 100 + 4 * i] as const);
    const annotation = { id: 1, image_id: 1, category_id: 1, bbox: [100, 100, 80, 64], area: 4000, iscrowd: 0, num_keypoints: 17, keypoints: places.flatMap(([x, y]) => [x, y, 2]) };
    const poseLabels = { images: [{ id: 1, file_name: 'a.jpg', width: 500, height: 500 }], annotations: [annotation] };
    const predictions = { task: 'pose', model: 'm', backend: 'wasm', images: [{ file: 'x/a.jpg', poses: [{ score: 1, box: [0, 0, 1, 1], points: places.map(([x, y]) => [x, y, 1]) }] }] };
    await Promise.all([writeFile(join(folder, 'bodies.json'), JSON.stringify(predictions)), writeFile(join(folder, 'keypoints.json'), JSON.stringify(poseLabels))]);
    const ran = await evaluate('score', '--task', 'pose', '--labels', join(folder, 'keypoints.json'), '--predictions', join(folder, 'bodies.json'));
    expect(ran).toMatchObject({ code: 0, stderr: '' });
    expect(JSON.parse(ran.stdout)).toMatchObject({ AP: one, AP50: one, APm: one, APl: -1, AR: one, images: 1, gt: 1, detections: 1 });

    const objects = await evaluate('score', '--task', 'objects', '--labels', join(folder, 'keypoints.json'), '--predictions', join(folder, 'bodies.json'));
    expect(objects).toMatchObject({ code: 1, stdout: '' });
  });

  it('ends with 2 and the usage for a wrong command line', async () => {
    const ran = await evaluate('predict', '--task', 'embed', '--images', 'a');
    expect(ran).toMatchObject({ code: 2, stdout: '' });
    expect(ran.stderr).toContain('usage:');
  });
});
