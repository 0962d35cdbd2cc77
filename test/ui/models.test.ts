import 'fake-indexeddb/auto';
import { createHash } from 'node:crypto';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ok } from '../../src/base/index.ts';
import type { FrameResult, PipelineSettings } from '../../src/pipeline/index.ts';
import type { AssetFile, ImportedCard, ImportedModel } from '../../src/runtime/index.ts';
import { secondRuntimes, shippedModels, shippedPointsModels, shippedVectorModels } from '../../src/runtime/index.ts';
import { createDatabase, createImportedModels, createOfflineAssets, createSettingsStore } from '../../src/store/index.ts';
import type { Settings } from '../../src/store/index.ts';
import { classMap } from '../../src/ui/models/compare/class-map.ts';
import { pictureSet } from '../../src/ui/models/compare/labelled-pictures.ts';
import { counted, emptyTally, medianMs, summaryOf } from '../../src/ui/models/compare/tally.ts';
import { failedPart } from '../../src/ui/models/doctor/failed-part.ts';
import { anchorsText, distinctGuesses, isSameReading, switchOf, turned, withAnchors } from '../../src/ui/models/doctor/head-variants.ts';
import { colourPatch, fittingOf, fittingPatch, fittings, scalingOf, scalingPatch, scalings } from '../../src/ui/models/doctor/preparations.ts';
import { verdictOf } from '../../src/ui/models/doctor/trial-verdict.ts';
import { readGiven } from '../../src/ui/models/given-files.ts';
import { LiveModels } from '../../src/ui/models/live-models.ts';
import { ModelShelf } from '../../src/ui/models/model-shelf.ts';
import { SettingsModel } from '../../src/ui/settings-model.ts';
import type { HeadSpec } from '../../src/yolo/index.ts';

const bytes = new Uint8Array(new TextEncoder().encode('network'));
const input: ImportedCard['input'] = {
  layout: 'NCHW',
  colour: 'rgb',
  mean: [0, 0, 0],
  scale: 1 / 255,
  multiplePx: 1,
  minPx: 64,
  maxPx: 64,
  defaultPx: 64,
  fit: { kind: 'letterbox', align: 'centre', pad: 114 },
  fixedPx: { width: 64, height: 64 },
};

function model(id: string, task: 'objects' | 'faces' = 'objects'): ImportedModel {
  const card: ImportedCard = {
    id,
    title: id,
    task,
    format: 'onnx',
    source: { imported: true, origin: '' },
    licence: { spdx: '', note: '' },
    files: [{ name: 'model.onnx', role: 'model', path: 'model.onnx', bytes: bytes.byteLength, sha256: createHash('sha256').update(bytes).digest('hex') }],
    input,
    views: [{ mirrored: false, scale: 1 }],
    head: { family: 'yolox' },
    labels: ['dart'],
    thresholds: { score: 0.25, iou: 0.6, measuredOn: '' },
  };
  return { card, files: [{ name: 'model.onnx', bytes }] };
}

async function newShelf() {
  const database = createDatabase({ name: `shelf-${crypto.randomUUID()}` });
  onTestFinished(() => database.close());
  const store = createSettingsStore(database);
  const settings = new SettingsModel(store, await store.read());
  const imported = createImportedModels(database, () => Promise.resolve(false));
  const offlineOf = (files: readonly AssetFile[]) => createOfflineAssets(files, { caches: null, fetch, persist: () => Promise.resolve(false) });
  return { database, settings, shelf: new ModelShelf({ shipped: shippedModels, points: shippedPointsModels, faces: shippedVectorModels, runtimes: secondRuntimes(), imported, settings, offlineOf }) };
}

describe('the shelf', () => {
  it('lists what ships first, in use, then what was brought', async () => {
    const { shelf } = await newShelf();
    await shelf.keep(model('mine'));
    const { models, points, faces, problem } = await shelf.list();
    expect(problem).toBeNull();
    expect(faces.map(({ task, isStored }) => [task, isStored])).toEqual([['antispoof', false], ['descriptor', false], ['descriptor', false], ['liveness', false]]);
    expect(points.map(({ task, isStored }) => [task, isStored])).toEqual([['landmarks', false], ['mesh', false], ['pose', false]]);
    expect(models.map(({ id, kind, isChosen }) => [id, kind, isChosen])).toEqual([...shippedModels.map(({ card }) => [card.id, 'shipped', true]), ['mine', 'imported', false]]);
    expect(models.at(-1)).toMatchObject({ bytes: bytes.byteLength, isStored: true, task: 'objects' });
  });

  it('uses one model for each task, and goes back to the one that ships when it is removed', async () => {
    const { shelf, settings } = await newShelf();
    await shelf.keep(model('mine'));
    await shelf.keep(model('faces-of-mine', 'faces'));
    const find = async (id: string) => (await shelf.list()).models.find((each) => each.id === id)!;
    expect(await shelf.use(await find('mine'))).toEqual({ ok: true, value: null });
    expect(await shelf.use(await find('faces-of-mine'))).toEqual({ ok: true, value: null });
    expect(settings.value.models).toEqual({ objects: 'mine', faces: 'faces-of-mine' });
    expect((await shelf.list()).models.filter(({ isChosen }) => isChosen).map(({ id }) => id).sort()).toEqual(['faces-of-mine', 'mine']);
    await shelf.remove(await find('mine'));
    const chosen = (await shelf.list()).models.filter(({ isChosen }) => isChosen).map(({ id }) => id);
    expect(chosen.sort()).toEqual(['faces-of-mine', 'objects-centernet']);
  });

  it('does not choose a damaged model', async () => {
    const { shelf, settings, database } = await newShelf();
    await shelf.keep(model('mine'));
    await database.use((db) => db.put('imported-files', Uint8Array.of(1), ['mine', 'model.onnx']));
    const { models } = await shelf.list();
    expect(await shelf.use(models.at(-1)!)).toMatchObject({ ok: false, failure: { code: 'file-damaged', file: 'model.onnx' } });
    expect(settings.value.models).toEqual({});
  });

  it('tells when its list may have changed', async () => {
    const { shelf } = await newShelf();
    let told = 0;
    const leave = shelf.subscribe(() => told++);
    await shelf.keep(model('mine'));
    await shelf.rename('mine', 'Darts');
    expect(told).toBe(2);
    leave();
    await shelf.rename('mine', 'Cups');
    expect(told).toBe(2);
  });
});

describe('live models', () => {
  const settingsWith = (settings: Settings, models: Settings['models']): Settings => ({ ...settings, models });

  it('brings the bytes of the chosen models, reads them once, and says once what cannot be had', async () => {
    const { shelf, settings } = await newShelf();
    await shelf.keep(model('mine'));
    const configured: PipelineSettings[] = [];
    let reads = 0;
    const counting: Pick<ModelShelf, 'read'> = { read: (id) => (reads++, shelf.read(id)) };
    const live = new LiveModels({ configure: (given) => (configured.push(given), Promise.resolve(ok(null))) }, counting);
    const chosen = settingsWith(settings.value, { objects: 'mine', faces: 'gone' });
    expect(await live.apply(chosen)).toMatchObject([{ code: 'own-model' }]);
    expect(await live.apply({ ...chosen, targetFps: 30 })).toEqual([]);
    expect(reads).toBe(2);
    expect(configured.map(({ models }) => Object.keys(models ?? {}))).toEqual([['objects'], ['objects']]);
    // The same object both times: the pipeline does not start again.
    expect(configured[0]?.models?.objects).toBe(configured[1]?.models?.objects);
    await live.apply(settingsWith(settings.value, { objects: 'objects-centernet' }));
    expect(configured.at(-1)?.models).toEqual({});
  });

  it('does not let old settings win over newer ones', async () => {
    const { shelf, settings } = await newShelf();
    await shelf.keep(model('mine'));
    const configured: PipelineSettings[] = [];
    const live = new LiveModels({ configure: (given) => (configured.push(given), Promise.resolve(ok(null))) }, shelf);
    const slow = live.apply(settingsWith(settings.value, { objects: 'mine' }));
    const quick = live.apply({ ...settings.value, targetFps: 7 });
    await Promise.all([slow, quick]);
    expect(configured.map(({ targetFps }) => targetFps)).toEqual([7]);
  });
});

describe('given files', () => {
  it('are read with their paths', async () => {
    const read = await readGiven([{ path: 'folder/a.onnx', file: new File(['abc'], 'a.onnx') }]);
    expect(read).toEqual({ ok: true, value: [{ name: 'folder/a.onnx', bytes: Uint8Array.from([97, 98, 99]) }] });
  });

  it('are refused before they are read when they are too many or too large', async () => {
    const huge = { size: 2 ** 40, arrayBuffer: () => Promise.reject(new Error('it was read')) } as unknown as File;
    expect(await readGiven([{ path: 'a', file: huge }])).toMatchObject({ ok: false, failure: { code: 'too-large' } });
    const many = Array.from({ length: 1001 }, (_, i) => ({ path: String(i), file: new File([], 'a') }));
    expect(await readGiven(many)).toMatchObject({ ok: false, failure: { code: 'too-large' } });
  });
});

describe('doctor', () => {
  it.each([
    ["Error: Unknown op 'Roll'. File an issue at a place", 'Roll'],
    ['Could not find an implementation for NonZero(13) node with name x', 'NonZero'],
    ['Fatal error: com.foo:Bar(-1) is not a registered function/op. No Op registered for FancyOp with domain_version of 13', 'FancyOp'],
    ['Encountered unresolved custom op: TFLite_Detection_PostProcess.\nSee instructions', 'TFLite_Detection_PostProcess'],
    ['tiny.cfg: layer-unsupported: line 12 [crnn]: such layers are not built', 'crnn'],
    ['weights-left-over: 2309696 bytes after the last layer', null],
  ])('names the operation in %j', (detail, operation) => {
    expect(failedPart(detail)).toBe(operation);
  });

  const seen = (boxes: number, change: Partial<FrameResult> = {}): FrameResult => ({
    frameId: 1,
    tMs: 0,
    size: { width: 100, height: 50 },
    objects: Array.from({ length: boxes }, () => ({ classId: 0, label: 'dart', score: 0.9, box: { x1: 0, y1: 0, x2: 0.5, y2: 1 }, trackId: null })),
    faces: [],
    poses: [],
    runs: [],
    faults: [],
    timings: { totalMs: 10 },
    dropped: 0,
    backend: 'wasm',
    ...change,
  });

  it('judges a trial by the number of its boxes and its faults', () => {
    expect([0, 1, 89, 90, 100].map((boxes) => verdictOf(seen(boxes)))).toEqual(['nothing', 'plausible', 'plausible', 'everywhere', 'everywhere']);
    const fault = (code: 'non-finite-output' | 'model-threw') => seen(0, { faults: [{ task: 'objects', failure: { code, detail: '' } }] });
    expect([verdictOf(fault('non-finite-output')), verdictOf(fault('model-threw'))]).toEqual(['not-finite', 'threw']);
  });

  const v5: HeadSpec = { family: 'v5', form: 'decoded', output: 'o', layout: 'rows', coordinates: 'px', classes: 3 };
  const v3: HeadSpec = {
    family: 'v3',
    layout: 'hwc',
    classes: 3,
    scales: [
      { output: 'a', stride: 16, anchors: [[10, 14], [23, 27]], scaleXY: 1 },
      { output: 'b', stride: 32, anchors: [[81, 82]], scaleXY: 1 },
    ],
  };

  it('turns the switches that a head has', () => {
    expect(switchOf(v5, 'coordinates')).toBe('px');
    expect(switchOf(v5, 'logistic')).toBeNull();
    expect(turned(v5, 'coordinates', 'unit')).toEqual({ ...v5, coordinates: 'unit' });
    expect(isSameReading(v5, turned(v5, 'coordinates', 'unit'))).toBe(true);
    expect(isSameReading(v5, { ...v5, classes: 4 })).toBe(false);
    const guess = (head: HeadSpec) => ({ head, why: 'list-of-boxes', assumed: [] }) as const;
    expect(distinctGuesses([guess(v5), guess(turned(v5, 'coordinates', 'unit')), guess(v3)]).map(({ head }) => head)).toEqual([v5, v3]);
  });

  it('reads anchors back as it writes them, and refuses another number of them', () => {
    expect(anchorsText(v5)).toBeNull();
    expect(anchorsText(v3)).toBe('10,14, 23,27\n81,82');
    expect(withAnchors(v3, anchorsText(v3) ?? '')).toEqual(v3);
    expect(withAnchors(v3, '1 2 3 4 5 6.5')).toMatchObject({ scales: [{ anchors: [[1, 2], [3, 4]] }, { anchors: [[5, 6.5]] }] });
    for (const wrong of ['', '1,2,3,4', '1,2,3,4,5,x', '1,2,3,4,5,-6', '1,2,3,4,5,6,7,8']) expect(withAnchors(v3, wrong)).toBeNull();
  });

  it('knows the common preparations again that it makes', () => {
    for (const scaling of scalings) for (const colour of ['rgb', 'bgr'] as const) expect(scalingOf({ ...input, colour, ...scalingPatch(scaling, colour) })).toBe(scaling);
    expect(scalingOf({ ...input, scale: 0.5 })).toBeNull();
    for (const fitting of fittings) expect(fittingOf(fittingPatch(fitting, input))).toBe(fitting);
    expect(fittingOf({ fit: { kind: 'aspect' } })).toBeNull();
    const imagenet = { ...input, ...scalingPatch('imagenet', 'rgb') };
    expect(scalingOf({ ...imagenet, ...colourPatch(imagenet, 'bgr') })).toBe('imagenet');
    expect(colourPatch(imagenet, 'rgb').mean).toEqual(imagenet.mean);
  });
});

describe('comparison', () => {
  it('maps classes by name where it can, by number otherwise', () => {
    const byName = classMap(['Cat', 'dog'], ['dog ', 'cat', 'car']);
    expect([byName(0, 'dog '), byName(1, 'cat'), byName(2, 'car')]).toEqual([1, 0, null]);
    expect(classMap([], ['dog'])(3, 'x')).toBe(3);
    expect(classMap(['0', '1'], ['dog', 'cat'])(1, 'cat')).toBe(1);
  });

  it('finds the labels of pictures: YOLO text, names, COCO', async () => {
    const given = (path: string, text = '') => ({ path, file: new File([text], path.slice(path.lastIndexOf('/') + 1)) });
    const yolo = await pictureSet([given('set/images/a.jpg'), given('set/images/b.png'), given('set/labels/a.txt', '1 0.5 0.5 0.2 0.4'), given('set/classes.txt', 'cat\ndog\n')]);
    if (!yolo.ok) throw new Error(yolo.failure.detail);
    expect(yolo.value.classNames).toEqual(['cat', 'dog']);
    expect(yolo.value.pictures.map(({ path, labelsAt }) => [path, labelsAt !== null])).toEqual([['set/images/a.jpg', true], ['set/images/b.png', false]]);
    expect(await yolo.value.pictures[0]?.labelsAt?.({ width: 100, height: 200 })).toMatchObject({ ok: true, value: { truths: [{ classId: 1, crowd: false }] } });

    const coco = {
      images: [{ id: 7, file_name: 'a.jpg', width: 640, height: 480 }],
      annotations: [{ image_id: 7, category_id: 18, bbox: [1, 2, 3, 4] }],
      categories: [{ id: 18, name: 'dog' }],
    };
    const set = await pictureSet([given('a.jpg'), given('b.jpg'), given('instances.json', JSON.stringify(coco))]);
    if (!set.ok) throw new Error(set.failure.detail);
    expect(set.value.classNames).toEqual(['dog']);
    expect(await set.value.pictures[0]?.labelsAt?.({ width: 1, height: 1 })).toMatchObject({ ok: true, value: { size: { width: 640, height: 480 } } });
    expect(set.value.pictures[1]?.labelsAt).toBeNull();

    expect(await pictureSet([given('a.txt')])).toMatchObject({ ok: false, failure: { code: 'no-pictures' } });
    expect(await pictureSet([given('a.jpg'), given('a.json', '{'), given('b.json', '{}')])).toMatchObject({ ok: false, failure: { code: 'too-many-labels' } });
    expect(await pictureSet([given('a.jpg'), given('a.json', '{')])).toMatchObject({ ok: false });
  });

  it('counts times and precision, in pixels of the labels', () => {
    const truth = { classId: 4, boxPx: { x1: 0, y1: 0, x2: 50, y2: 50 }, areaPx2: 2500, crowd: false };
    const labels = { size: { width: 100, height: 50 }, truths: [truth] };
    const result = (totalMs: number, x2: number): FrameResult => ({
      frameId: 1,
      tMs: 0,
      // Looked at in half the size of the labels.
      size: { width: 50, height: 25 },
      objects: [
        { classId: 0, label: 'dart', score: 0.9, box: { x1: 0, y1: 0, x2, y2: 1 }, trackId: null },
        { classId: 9, label: 'unknown', score: 0.8, box: { x1: 0, y1: 0, x2: 1, y2: 1 }, trackId: null },
      ],
      faces: [],
      poses: [],
      runs: [],
      faults: [],
      timings: { totalMs },
      dropped: 0,
      backend: 'wasm',
    });
    const map = (classId: number): number | null => (classId === 0 ? 4 : null);
    const right = counted(emptyTally, result(30, 0.5), labels, map);
    expect(summaryOf(right)?.AP).toBeCloseTo(1, 9);
    expect(summaryOf(counted(emptyTally, result(30, 0.1), labels, map))?.AP).toBe(0);
    expect(summaryOf(counted(emptyTally, result(30, 0.5), null, map))).toBeNull();
    expect(medianMs(emptyTally)).toBeNull();
    expect(medianMs(right)).toBe(30);
    expect(medianMs(counted(right, result(10, 0.5), labels, map))).toBe(20);
  });
});
