import { copyFileSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ShippedCard } from '../../src/runtime/index.ts';
import { listAssets, listModels, listRuntimes, listWasm } from '../../models/list-assets.ts';
import type { ModelId, PointsModelId, VectorModelId } from '../support/node-source.ts';
import { packageFolder, shippedCard, shippedPointsCard, shippedVectorCard } from '../support/node-source.ts';

const detectors = ['faces-tiny-yolov2', 'objects-centernet'] as const;
const pointsModels = ['face-landmarks-68', 'face-mesh', 'pose-movenet'] as const;
const vectorModels = ['antispoof', 'face-descriptor-1024', 'face-descriptor-128', 'liveness'] as const;
const ids = [...pointsModels, ...vectorModels, ...detectors].sort();
const centernet = join('@vladmandic', 'human', 'models');
const tinyFace = join('@vladmandic', 'face-api', 'model');

let root = '';

/** A tree with copies of the cards and of the packages' files, to damage. */
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'lintel-models-'));
  for (const id of ids) {
    cpSync(join(import.meta.dirname, '..', '..', 'models', id), join(root, 'models', id), { recursive: true });
    const { files, source } = cardOf(id);
    for (const path of [...files.map((file) => file.path), 'package.json']) {
      const target = join(root, 'packages', source.package, path);
      mkdirSync(dirname(target), { recursive: true });
      copyFileSync(join(packageFolder(source.package), path), target);
    }
  }
});

afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

type AnyId = ModelId | PointsModelId | VectorModelId;

function cardOf(id: AnyId): Pick<ShippedCard, 'files' | 'source'> {
  if (isOneOf(detectors, id)) return shippedCard(id);
  return isOneOf(pointsModels, id) ? shippedPointsCard(id) : shippedVectorCard(id);
}

function isOneOf<Id extends AnyId>(some: readonly Id[], id: AnyId): id is Id {
  return (some as readonly AnyId[]).includes(id);
}

const build = () => listModels(join(root, 'models'), join(root, 'packages'));

function changeFile(path: string, change: (data: Buffer) => Buffer): void {
  const full = join(root, 'packages', path);
  writeFileSync(full, change(readFileSync(full)));
}

interface LooseCard {
  id: string;
  labels: string[];
  files: { name: string; bytes: number }[];
  input: Record<string, unknown>;
  head: Record<string, unknown>;
  points?: number;
  length?: number;
}

function changeCard(id: AnyId, change: (card: LooseCard) => void): void {
  const path = join(root, 'models', id, 'card.json');
  const card = JSON.parse(readFileSync(path, 'utf8')) as LooseCard;
  change(card);
  writeFileSync(path, JSON.stringify(card));
}

describe('the models that ship', () => {
  it('pass with their cards, each file under an address with a part of its hash', async () => {
    const models = await build();
    expect(models.map((model) => model.card.id)).toEqual(ids);
    for (const { card, files } of models) {
      expect(files.map(({ name, bytes, sha256 }) => ({ name, bytes, sha256 }))).toEqual(card.files.map(({ name, bytes, sha256 }) => ({ name, bytes, sha256 })));
      for (const file of files) expect(file.url).toBe(`/models/${card.id}/${file.sha256.slice(0, 12)}/${file.name}`);
    }
  });

  it('pass as they are installed, with the three builds of the wasm backend and those of the second runtimes', async () => {
    const [assets, wasm, runtimes] = await Promise.all([listAssets(), listWasm(), listRuntimes()]);
    expect(wasm.map((file) => file.name)).toEqual(['tfjs-backend-wasm.wasm', 'tfjs-backend-wasm-simd.wasm', 'tfjs-backend-wasm-threaded-simd.wasm']);
    expect(runtimes.map((file) => file.name)).toEqual(['ort-wasm-simd-threaded.wasm', 'litert_wasm_internal.wasm', 'litert_wasm_compat_internal.wasm']);
    expect(assets).toHaveLength(18 + wasm.length + runtimes.length);
    expect(new Set(assets.map((asset) => asset.url)).size).toBe(assets.length);
  });
});

describe('the build stops, naming the file, when', () => {
  it.each([
    [join(centernet, 'centernet.bin')],
    [join(centernet, 'centernet.json')],
    [join(tinyFace, 'tiny_face_detector_model.bin')],
    [join(tinyFace, 'tiny_face_detector_model-weights_manifest.json')],
  ])('one byte of %s is changed', async (path) => {
    changeFile(path, (data) => Buffer.from(data.map((value, i) => (i === data.length >> 1 ? value ^ 1 : value))));
    await expect(build()).rejects.toThrow(new RegExp(`${path}: SHA-256 [0-9a-f]{64}, the card of`));
  });

  it('a file is cut short', async () => {
    changeFile(join(centernet, 'centernet.bin'), (data) => data.subarray(0, 1000));
    await expect(build()).rejects.toThrow(/centernet\.bin: 1000 bytes, the card of objects-centernet says 4030290/);
  });

  it('a file is missing', async () => {
    rmSync(join(root, 'packages', tinyFace, 'tiny_face_detector_model.bin'));
    await expect(build()).rejects.toThrow(/tiny_face_detector_model\.bin/);
  });

  it('the package has another version', async () => {
    changeFile(join('@vladmandic', 'human', 'package.json'), (data) => Buffer.from(data.toString().replace('"3.3.6"', '"3.3.7"')));
    await expect(build()).rejects.toThrow(/human\/package\.json: version 3\.3\.7, the card of [a-z-]+ says 3\.3\.6/);
  });

  it('the card of a descriptor says another length than the network has', async () => {
    changeCard('face-descriptor-128', (card) => (card.length = 127));
    await expect(build()).rejects.toThrow(/face-descriptor-128.*127/u);
  });

  it('the card of a descriptor names a node that the graph has not', async () => {
    changeCard('face-descriptor-1024', (card) => (card.head['outputNode'] = 'nowhere'));
    await expect(build()).rejects.toThrow(/nowhere/u);
  });

  it('a card has one label too few', async () => {
    changeCard('objects-centernet', (card) => card.labels.pop());
    await expect(build()).rejects.toThrow('objects-centernet/centernet.json: 80 classes, the card has 79 labels');
  });

  it('a card has one anchor too few', async () => {
    changeCard('faces-tiny-yolov2', (card) => (card.head['anchors'] as unknown[]).pop());
    await expect(build()).rejects.toThrow(/faces-tiny-yolov2\/tiny_face.*manifest\.json: conv8 has 25 channels, the card's anchors and labels need 20/);
  });

  it('a card has labels that a single-class grid cannot tell apart', async () => {
    changeCard('faces-tiny-yolov2', (card) => card.labels.push('mask'));
    await expect(build()).rejects.toThrow(/faces-tiny-yolov2\/tiny_face.*manifest\.json: conv8 has 25 channels, the card's anchors and labels need 35/);
  });

  it('a card names an output layer that the weights lack', async () => {
    changeCard('faces-tiny-yolov2', (card) => (card.head['outputLayer'] = 'conv9'));
    await expect(build()).rejects.toThrow(/faces-tiny-yolov2\/tiny_face.*manifest\.json: conv9 has undefined channels/);
  });

  it.each(['inputNode', 'scoresNode', 'sizesNode'])('a card names in %s a node that the graph lacks', async (field) => {
    changeCard('objects-centernet', (card) => (card.head[field] = 'tower_0/nothing'));
    await expect(build()).rejects.toThrow('objects-centernet/centernet.json: has no node tower_0/nothing as the card says');
  });

  it('a card feeds a node that the graph lacks', async () => {
    changeCard('objects-centernet', (card) => (card.head['upsampleNodes'] = [{ node: 'gone', stride: 4 }]));
    await expect(build()).rejects.toThrow('objects-centernet/centernet.json: has no node gone as the card says');
  });

  it.each([
    ['face-landmarks-68', 'face_landmark_68_model-weights_manifest.json: gives 68 points, the card says 67'],
    ['face-mesh', 'facemesh.json: gives 468 points, the card says 67'],
    ['pose-movenet', 'movenet-lightning.json: gives 17 points, the card says 67'],
  ] as const)('the card of %s has another number of points than the network', async (id, message) => {
    changeCard(id, (card) => (card.points = 67));
    await expect(build()).rejects.toThrow(`${id}/${message}`);
  });

  it.each([
    ['face-mesh', 'flagNode'],
    ['pose-movenet', 'heatsNode'],
  ] as const)('the card of %s names in %s a node that the graph lacks', async (id, field) => {
    changeCard(id, (card) => (card.head[field] = 'nothing'));
    await expect(build()).rejects.toThrow('has no node nothing as the card says');
  });

  it('a card is not what a card must be', async () => {
    changeCard('objects-centernet', (card) => (card.input['scale'] = 'big'));
    await expect(build()).rejects.toThrow(/objects-centernet\/card\.json: .*input\.scale/);
  });

  it('a card stands in the folder of another', async () => {
    changeCard('objects-centernet', (card) => (card.id = 'objects-other'));
    await expect(build()).rejects.toThrow(/objects-centernet\/card\.json: id is objects-other/);
  });

  it('a card is not JSON', async () => {
    writeFileSync(join(root, 'models', 'objects-centernet', 'card.json'), '{ "id": ');
    await expect(build()).rejects.toThrow(/objects-centernet\/card\.json/);
  });

  it('a folder has no card', async () => {
    mkdirSync(join(root, 'models', 'empty'));
    await expect(build()).rejects.toThrow(/empty\/card\.json/);
  });
});
