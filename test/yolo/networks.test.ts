import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Tensor } from '@tensorflow/tfjs-core';
import { fill } from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Candidates } from '../../src/geometry/index.ts';
import type { GridNetwork } from '../../src/yolo/tensor/grid-network.ts';
import { expectNoLeak } from '../support/expect-no-leak.ts';
import { useBackend } from '../support/node-backend.ts';
import type { ChangedFiles } from '../support/node-source.ts';
import { changedJson, packageFolder } from '../support/node-source.ts';
import { rowsOf } from './candidate-rows.ts';
import { loadCentreNetwork, loadTinyNetwork, madeInput } from './loaded-networks.ts';

const ids = ['objects-centernet', 'faces-tiny-yolov2'] as const;
type Id = (typeof ids)[number];
const small = { width: 128, height: 128 };

type Networks = Record<Id, GridNetwork> & { readonly centre: Awaited<ReturnType<typeof loadCentreNetwork>> };

async function loadBoth(): Promise<Networks> {
  const [centre, tiny] = [await loadCentreNetwork(), await loadTinyNetwork()];
  return { 'objects-centernet': centre.network, 'faces-tiny-yolov2': tiny.network, centre };
}

async function decoded(network: GridNetwork, id: Id, { width, height }: { width: number; height: number }, minScore: number): Promise<Candidates> {
  const grids = await network.predict(madeInput(id, width, height));
  expect(grids.digest.finite).toBe(true);
  return grids.decode(minScore);
}

interface Spec {
  readonly name: string;
  readonly shape: readonly number[];
  readonly quantization?: { readonly dtype: string };
}

/** The first float16 of the bias of the four distances becomes NaN. */
const poisonedGraph: ChangedFiles = {
  'centernet.bin': (data) => {
    const graph = JSON.parse(readFileSync(join(packageFolder('@vladmandic/human'), 'models', 'centernet.json'), 'utf8')) as { weightsManifest: { weights: Spec[] }[] };
    let offset = 0;
    for (const { name, shape, quantization } of graph.weightsManifest.flatMap((group) => group.weights)) {
      if (name === 'CenternetHead/centernet_wh_output/biases') break;
      offset += shape.reduce((product, side) => product * side, quantization?.dtype === 'float16' ? 2 : 4);
    }
    const poisoned = data.slice();
    new DataView(poisoned.buffer).setUint16(offset, 0x7e00, true);
    return poisoned;
  },
};

/** The bias of the grid is scaled beyond what a float32 holds. */
const poisonedGrid: ChangedFiles = {
  'tiny_face_detector_model-weights_manifest.json': changedJson((parsed) =>
    (parsed as { weights: Spec[] }[]).map(({ weights, ...group }) => ({
      ...group,
      weights: weights.map((spec) => (spec.name === 'conv8/bias' ? { ...spec, quantization: { ...spec.quantization, scale: 1e39 } } : spec)),
    })),
  ),
};

describe.each(['wasm', 'cpu'] as const)('the networks with their real weights on %s', (backend) => {
  let networks: Networks;

  beforeAll(async () => {
    await useBackend(backend);
    networks = await loadBoth();
  });

  afterAll(() => {
    for (const id of ids) networks[id].dispose();
  });

  // Plain JavaScript takes seconds for the larger ones.
  const sizes = backend === 'wasm' ? [small, { width: 320, height: 256 }, { width: 512, height: 384 }] : [small];

  it.each(sizes)('the centre graph gives a cell per 4 px at $width x $height', async ({ width, height }) => {
    const shapes: number[][] = [];
    const execute = networks.centre.graph.execute.bind(networks.centre.graph);
    const watch = vi.spyOn(networks.centre.graph, 'execute').mockImplementation((...args) => {
      const outputs = execute(...args);
      shapes.push(...(outputs as Tensor[]).map((output) => output.shape));
      return outputs;
    });
    await expectNoLeak(() => decoded(networks['objects-centernet'], 'objects-centernet', { width, height }, 0.3));
    watch.mockRestore();
    expect(shapes).toEqual([
      [1, height / 4, width / 4, 80],
      [1, height / 4, width / 4, 4],
    ]);
  });

  it.each(sizes)('the face network gives a cell per 32 px with 5 anchors at $width x $height', async ({ width, height }) => {
    const found = await expectNoLeak(() => decoded(networks['faces-tiny-yolov2'], 'faces-tiny-yolov2', { width, height }, 0));
    expect(found.count).toBe((width / 32) * (height / 32) * 5);
  });

  it.each(ids)('%s: gives no boxes and leaves no tensor for an even grey', async (id) => {
    const found = await expectNoLeak(async () => {
      const grids = await networks[id].predict(fill([1, small.height, small.width, 3], id === 'objects-centernet' ? 128 : 0));
      expect(grids.digest.finite).toBe(true);
      return grids.decode(0.9);
    });
    expect(found.count).toBe(0);
  });

  it.each(ids)('%s: throws on a wrong number of channels and leaves no tensor', async (id) => {
    await expect(expectNoLeak(() => networks[id].predict(fill([1, small.height, small.width, 4], 0)))).rejects.toThrow();
    expect((await decoded(networks[id], id, small, 0.9)).count, 'it goes on afterwards').toBeGreaterThanOrEqual(0);
  });

  it.each(ids)('%s: says that its output is not finite when one number of its last layer is not', async (id) => {
    const network = id === 'objects-centernet' ? (await loadCentreNetwork(poisonedGraph)).network : (await loadTinyNetwork(poisonedGrid)).network;
    const grids = await expectNoLeak(() => network.predict(madeInput(id, small.width, small.height)));
    expect(grids.digest.finite).toBe(false);
    network.dispose();
  });

  // On wasm the centre graph's own clamps turn NaN into numbers before they reach the output: nothing there is left to refuse.
  it('the face network says that its output is not finite when the input is NaN', async () => {
    const grids = await expectNoLeak(() => networks['faces-tiny-yolov2'].predict(fill([1, small.height, small.width, 3], NaN)));
    expect(grids.digest.finite).toBe(false);
  });

  it.each(ids)('%s: holds nothing when it was disposed', async (id) => {
    await expectNoLeak(async () => {
      const network = id === 'objects-centernet' ? (await loadCentreNetwork()).network : (await loadTinyNetwork()).network;
      await network.predict(madeInput(id, small.width, small.height));
      network.dispose();
    });
  });
});

describe.each(ids)('wasm and cpu on %s', (id) => {
  it('give the same boxes within 1e-3', async () => {
    const found: Candidates[] = [];
    for (const backend of ['wasm', 'cpu'] as const) {
      await useBackend(backend);
      const networks = await loadBoth();
      found.push(await decoded(networks[id], id, small, 0));
      for (const each of ids) networks[each].dispose();
    }
    const [wasm, cpu] = found.map((candidates) => rowsOf(candidates).filter((row) => id === 'faces-tiny-yolov2' || row.score > 0.02));
    expect(wasm!.length).toBeGreaterThan(3);
    expect(wasm!.map((row) => row.classId)).toEqual(cpu!.map((row) => row.classId));
    for (const [i, row] of wasm!.entries()) {
      const other = cpu![i]!;
      expect(Math.abs(row.score - other.score)).toBeLessThan(1e-3);
      for (const [side, value] of row.box.entries()) expect(Math.abs(value - other.box[side]!) / small.width).toBeLessThan(1e-3);
    }
  });
});

describe('the centre graph at 512x512 on wasm', () => {
  it('gives the same peaks as the decoding inside the graph', async () => {
    await useBackend('wasm');
    const { network, graph, head } = await loadCentreNetwork();
    const ours = rowsOf(await decoded(network, 'objects-centernet', { width: 512, height: 512 }, 0.001));
    const input = madeInput('objects-centernet', 512, 512);
    const output = graph.execute({ [head.inputNode]: input }, 'tower_0/detections') as Tensor;
    const theirs = await output.data<'float32'>();
    for (const tensor of [input, output]) tensor.dispose();
    const top = [...ours].sort((a, b) => b.score - a.score).slice(0, 20);
    expect(top).toHaveLength(20);
    for (const [i, row] of top.entries()) {
      const [x1, y1, x2, y2, score, classId] = theirs.subarray(i * 6, i * 6 + 6);
      expect(row.classId).toBe(classId);
      expect(row.score).toBeCloseTo(score!, 6);
      for (const [side, value] of [x1, y1, x2, y2].entries()) expect(row.box[side]).toBeCloseTo(value!, 3);
    }
    network.dispose();
  });
});
