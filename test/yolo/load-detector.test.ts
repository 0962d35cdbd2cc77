import { beforeAll, describe, expect, it } from 'vitest';
import type { Result } from '../../src/base/index.ts';
import { err } from '../../src/base/index.ts';
import type { ModelSource } from '../../src/runtime/index.ts';
import { loadDetector } from '../../src/yolo/tf.ts';
import { expectNoLeak } from '../support/expect-no-leak.ts';
import { useBackend } from '../support/node-backend.ts';
import type { ChangedFiles, ModelId } from '../support/node-source.ts';
import { changedJson, nodeSource } from '../support/node-source.ts';

interface Spec {
  readonly name: string;
}

type Manifest = readonly { readonly weights: readonly Spec[] }[];

const manifestName = 'tiny_face_detector_model-weights_manifest.json';
const weightsName = 'tiny_face_detector_model.bin';

beforeAll(async () => {
  await useBackend('cpu');
});

async function failureOf(source: ModelSource): Promise<string> {
  const loaded: Result<unknown> = await expectNoLeak(() => loadDetector(source));
  if (loaded.ok) throw new Error('it loaded');
  return `${loaded.failure.code}: ${loaded.failure.detail}`;
}

const damaged = (id: ModelId, changed: ChangedFiles): Promise<string> => failureOf(nodeSource(id, changed));

/** The manifest with its list of weights changed. */
const weights = (change: (list: readonly Spec[]) => readonly unknown[]) =>
  changedJson((parsed) => (parsed as Manifest).map((group) => ({ ...group, weights: change(group.weights) })));

const cut = (bytes: number) => (data: Uint8Array<ArrayBuffer>) => data.slice(0, bytes);
const longer = (bytes: number) => (data: Uint8Array<ArrayBuffer>) => new Uint8Array([...data, ...new Uint8Array(bytes)]);

describe('loadDetector, with every tensor accounted for', () => {
  it('names the layer whose weights are missing', async () => {
    expect(await damaged('faces-tiny-yolov2', { [manifestName]: weights((list) => list.map((spec) => (spec.name === 'conv8/bias' ? { ...spec, name: 'conv8/other' } : spec))) })).toMatch(
      /^model-mismatch: faces-tiny-yolov2: .*no weight named conv8\/bias/,
    );
  });

  it('names the weights that no layer uses', async () => {
    const extra = { name: 'conv9/bias', shape: [4], dtype: 'float32' };
    expect(await damaged('faces-tiny-yolov2', { [manifestName]: weights((list) => [...list, extra]), [weightsName]: longer(16) })).toMatch(
      /^model-mismatch: faces-tiny-yolov2: .*weights left over: conv9\/bias/,
    );
  });

  it.each<[ModelId, string, string]>([
    ['faces-tiny-yolov2', weightsName, manifestName],
    ['objects-centernet', 'centernet.bin', 'centernet.json'],
  ])('accounts for every byte of %s: none too few, none too many', async (id, name, index) => {
    for (const change of [cut(100_001), cut(0), longer(1)]) {
      expect(await damaged(id, { [name]: change })).toMatch(new RegExp(`^model-mismatch: ${id}/${index}: describes \\d+ bytes of weights, the files hold \\d+`));
    }
  });

  it('names a weight of a type that nobody knows', async () => {
    const odd = weights(([first, ...rest]) => [{ ...first, quantization: { dtype: 'int3' } }, ...rest]);
    expect(await damaged('faces-tiny-yolov2', { [manifestName]: odd })).toMatch(/^model-mismatch: .*manifest\.json: conv0\/filters has the unknown type int3/);
  });

  it.each([
    ['faces-tiny-yolov2', manifestName],
    ['objects-centernet', 'centernet.json'],
  ] as const)('names the index file of %s that is not JSON', async (id, name) => {
    expect(await damaged(id, { [name]: cut(100) })).toMatch(new RegExp(`^model-mismatch: ${id}/${name}: .*JSON`));
  });

  it('reports JSON that is no graph and no manifest', async () => {
    expect(await damaged('objects-centernet', { 'centernet.json': changedJson(() => ({})) })).toMatch(/^model-mismatch: objects-centernet\/centernet\.json/);
    expect(await damaged('faces-tiny-yolov2', { [manifestName]: changedJson(() => 5) })).toMatch(new RegExp(`^model-mismatch: faces-tiny-yolov2/${manifestName}`));
  });

  it('passes on a file that could not be read', async () => {
    for (const id of ['faces-tiny-yolov2', 'objects-centernet'] as const) {
      const source = nodeSource(id);
      const [first, last] = [source.card.files[0]!.name, source.card.files.at(-1)!.name];
      for (const bad of [first, last]) {
        const partly: ModelSource = { card: source.card, read: (name) => (name === bad ? Promise.resolve(err('model-corrupt', name)) : source.read(name)) };
        expect(await failureOf(partly)).toBe(`model-corrupt: ${bad}`);
      }
    }
  });

  it('refuses a card with a head that nobody can decode, before it reads a byte', async () => {
    const { card } = nodeSource('faces-tiny-yolov2');
    const source: ModelSource = { card: { ...card, head: { family: 'v99' } }, read: () => Promise.reject(new Error('a byte was read')) };
    expect(await failureOf(source)).toMatch(/^model-mismatch: card of faces-tiny-yolov2: family/);
  });

  it.each(['manifest', 'weights'])('refuses a card without its %s file', async (role) => {
    const source = nodeSource('faces-tiny-yolov2');
    expect(await failureOf({ ...source, card: { ...source.card, files: source.card.files.filter((file) => file.role !== role) } })).toMatch(/^model-mismatch/);
  });
});
