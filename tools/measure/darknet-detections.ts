import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BackendKind } from '../../src/runtime/tf.ts';
import type * as Boxes from './darknet-boxes.ts';
import type { FoundBox } from './darknet-boxes.ts';
import { withModules, withPage } from './module-server.ts';

const usage = `usage: tsx tools/measure/darknet-detections.ts wasm|webgl <model.cfg> <model.weights> <detections.json> <images folder> [<every n-th image>]

Runs a darknet network in headless Chromium on the images of another program's detections
([{file, classId, score, box: [x1, y1, x2, y2]}], images stretched to the input, score > 0.2, NMS per class at IoU 0.45)
and prints one JSON line: which share of them is found with the same class, IoU 0.95 and the score within 0.01, by the
app's decoder and by one that gives a box for every class of a place, as the other program does.
`;

interface Detection extends FoundBox {
  readonly file: string;
}

const [backend, cfg, weights, detections, images, every = '1'] = process.argv.slice(2);
if ((backend !== 'wasm' && backend !== 'webgl') || cfg === undefined || weights === undefined || detections === undefined || images === undefined) {
  process.stderr.write(usage);
  process.exitCode = 2;
} else {
  const all = JSON.parse(await readFile(detections, 'utf8')) as readonly Detection[];
  const names = [...new Set(all.map(({ file }) => file))].filter((_, i) => i % Number(every) === 0);
  const kind: BackendKind = backend;
  const paths = [cfg, weights, ...names.map((name) => join(images, name))];
  const found = await withModules((server) =>
    withPage(server, paths, (page) =>
      page.evaluate(
        async ({ count, on }) => {
          const address = '/tools/measure/darknet-boxes.ts';
          const { findDarknetBoxes } = (await import(address)) as typeof Boxes;
          const [cfgBytes, weightBytes] = await Promise.all([fetch('/measured/0'), fetch('/measured/1')].map(async (answer) => new Uint8Array(await (await answer).arrayBuffer())));
          if (!cfgBytes || !weightBytes) throw new Error('too few files');
          return findDarknetBoxes(cfgBytes, weightBytes, Array.from({ length: count }, (_, i) => `/measured/${i + 2}`), on);
        },
        { count: names.length, on: kind },
      ),
    ),
  );
  const decoded = compare(names, all, found.map((image) => image.decoded));
  const everyLabel = compare(names, all, found.map((image) => image.everyLabel));
  process.stdout.write(`${JSON.stringify({ backend, images: names.length, decoded, everyLabel })}\n`);
}

function compare(names: readonly string[], all: readonly Detection[], found: readonly (readonly FoundBox[])[]): object {
  const byName = new Map(names.map((name, i) => [name, found[i] ?? []]));
  const theirs = all.filter(({ file }) => byName.has(file));
  const missed = theirs.filter((wanted) => !(byName.get(wanted.file) ?? []).some((ours) => same(ours, wanted)));
  const ours = [...byName].flatMap(([file, boxes]) => boxes.filter(({ score }) => score > 0.2).map((box) => ({ file, ...box })));
  const extra = ours.filter((box) => !theirs.some((wanted) => wanted.file === box.file && same(box, wanted)));
  return {
    theirs: theirs.length,
    ours: ours.length,
    matched: theirs.length - missed.length,
    share: Math.round(((theirs.length - missed.length) / theirs.length) * 1e5) / 1e5,
    missed: missed.slice(0, 5),
    extra: extra.slice(0, 5),
  };
}

function same(a: FoundBox, b: FoundBox): boolean {
  return a.classId === b.classId && Math.abs(a.score - b.score) <= 0.01 && iou(a.box, b.box) >= 0.95;
}

function iou(a: FoundBox['box'], b: FoundBox['box']): number {
  const width = Math.min(a[2], b[2]) - Math.max(a[0], b[0]);
  const height = Math.min(a[3], b[3]) - Math.max(a[1], b[1]);
  if (width <= 0 || height <= 0) return 0;
  const area = (box: FoundBox['box']): number => (box[2] - box[0]) * (box[3] - box[1]);
  return (width * height) / (area(a) + area(b) - width * height);
}
