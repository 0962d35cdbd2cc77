import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fill } from '@tensorflow/tfjs-core';
import { tensor4d } from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadGraph, loadWeights } from '../../src/runtime/tf.ts';
import { DensePointsNetwork } from '../../src/landmarks/tensor/dense-points-network.ts';
import { MeshNetwork } from '../../src/landmarks/tensor/mesh-network.ts';
import type { PointsNetwork } from '../../src/landmarks/tensor/points-network.ts';
import { PoseNetwork } from '../../src/landmarks/tensor/pose-network.ts';
import { expectNoLeak } from '../support/expect-no-leak.ts';
import { useBackend } from '../support/node-backend.ts';
import type { ChangedFiles, PointsModelId } from '../support/node-source.ts';
import { changedJson, nodePointsSource, packageFolder, shippedPointsCard } from '../support/node-source.ts';
import { madePicture } from '../yolo/made-input.ts';

const ids = ['face-landmarks-68', 'face-mesh', 'pose-movenet'] as const;

async function load(id: PointsModelId, changed: ChangedFiles = {}): Promise<PointsNetwork> {
  const source = nodePointsSource(id, changed);
  const { head } = source.card;
  if (head.family === 'dense-points') {
    const weights = await loadWeights(source);
    if (!weights.ok) throw new Error(weights.failure.detail);
    return new DensePointsNetwork(weights.value, head.outputLayer);
  }
  const graph = await loadGraph(source);
  if (!graph.ok) throw new Error(graph.failure.detail);
  return head.family === 'mesh' ? new MeshNetwork(graph.value, head) : new PoseNetwork(graph.value, head);
}

function inputOf(id: PointsModelId, picture = (width: number, height: number): Float32Array => madePicture(width, height)) {
  const { width, height, mean, scale } = shippedPointsCard(id).input;
  return tensor4d(picture(width, height).map((value, i) => (value - mean[(i % 3) as 0 | 1 | 2]) * scale), [1, height, width, 3]);
}

interface Spec {
  readonly name: string;
  readonly shape: readonly number[];
  readonly quantization?: { readonly dtype: string };
}

/** The first float16 of a bias becomes NaN. */
function poisoned(id: 'face-mesh' | 'pose-movenet', file: string, bias: string): ChangedFiles {
  const folder = packageFolder(shippedPointsCard(id).source.package);
  const graph = JSON.parse(readFileSync(join(folder, 'models', `${file}.json`), 'utf8')) as { weightsManifest: { weights: Spec[] }[] };
  let offset = 0;
  for (const { name, shape, quantization } of graph.weightsManifest.flatMap((group) => group.weights)) {
    if (name.endsWith(bias)) break;
    offset += shape.reduce((product, side) => product * side, quantization?.dtype === 'float16' ? 2 : 4);
  }
  return {
    [`${file}.bin`]: (data) => {
      const changed = data.slice();
      new DataView(changed.buffer).setUint16(offset, 0x7e00, true);
      return changed;
    },
  };
}

const poison: Readonly<Record<PointsModelId, ChangedFiles>> = {
  'face-landmarks-68': {
    'face_landmark_68_model-weights_manifest.json': changedJson((parsed) =>
      (parsed as { weights: Spec[] }[]).map(({ weights, ...group }) => ({
        ...group,
        weights: weights.map((spec) => (spec.name === 'fc/bias' ? { ...spec, quantization: { ...spec.quantization, scale: 1e39 } } : spec)),
      })),
    ),
  },
  'face-mesh': poisoned('face-mesh', 'facemesh', 'conv2d_21/BiasAdd/ReadVariableOp'),
  'pose-movenet': poisoned('pose-movenet', 'movenet-lightning', 'kpt_offset_0/conv2d_7/BiasAdd/ReadVariableOp'),
};

describe.each(['wasm', 'cpu'] as const)('the networks of points with their real weights on %s', (backend) => {
  const networks = new Map<PointsModelId, PointsNetwork>();
  const of = (id: PointsModelId): PointsNetwork => {
    const network = networks.get(id);
    if (!network) throw new Error(`${id} is not loaded`);
    return network;
  };

  beforeAll(async () => {
    await useBackend(backend);
    for (const id of ids) networks.set(id, await load(id));
  });

  afterAll(() => {
    for (const network of networks.values()) network.dispose();
  });

  it.each(ids)('%s: gives as many finite points as its card says and leaves no tensor', async (id) => {
    const output = await expectNoLeak(() => of(id).predict(inputOf(id)));
    expect(output.digest.finite).toBe(true);
    const { xy, z, scores, presence } = output.decode();
    const { points } = shippedPointsCard(id);
    expect([xy.length, scores.length, z?.length ?? 0]).toEqual([points * 2, points, id === 'face-mesh' ? points : 0]);
    expect([...xy, ...scores].every(Number.isFinite)).toBe(true);
    expect(presence).toBeGreaterThanOrEqual(0);
    expect(presence).toBeLessThanOrEqual(1);
  });

  it.each(['face-mesh', 'pose-movenet'] as const)('%s: takes an even grey for nothing', async (id) => {
    const output = await expectNoLeak(() => of(id).predict(inputOf(id, (width, height) => new Float32Array(width * height * 3).fill(128))));
    expect(output.decode().presence).toBeLessThan(shippedPointsCard(id).thresholds.presence);
  });

  it.each(ids)('%s: throws on a wrong number of channels and leaves no tensor', async (id) => {
    const { width, height } = shippedPointsCard(id).input;
    await expect(expectNoLeak(() => of(id).predict(fill([1, height, width, 4], 0)))).rejects.toThrow();
    expect((await of(id).predict(inputOf(id))).digest.finite, 'it goes on afterwards').toBe(true);
  });

  it.each(ids)('%s: says that its output is not finite when one number of its last layer is not', async (id) => {
    const network = await load(id, poison[id]);
    expect((await expectNoLeak(() => network.predict(inputOf(id)))).digest.finite).toBe(false);
    network.dispose();
  });

  it.each(ids)('%s: gives every tensor back', async (id) => {
    await expectNoLeak(async () => (await load(id)).dispose());
  });
});

it('pose-movenet runs in a crop that is no square', async () => {
  await useBackend('wasm');
  const network = await load('pose-movenet');
  const output = await expectNoLeak(() => network.predict(tensor4d(madePicture(128, 256), [1, 256, 128, 3])));
  const { xy } = output.decode();
  expect(xy).toHaveLength(34);
  for (let i = 0; i < 34; i += 2) expect(xy[i]! >= -8 && xy[i]! <= 136 && xy[i + 1]! >= -8 && xy[i + 1]! <= 264).toBe(true);
  network.dispose();
});
