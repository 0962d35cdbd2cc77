import type { Page } from '@playwright/test';
import { expect, test } from '@playwright/test';
import type * as tensorLibrary from '@tensorflow/tfjs-core';
import type * as headDecoder from '../../src/yolo/decode/decode-head.ts';
import type * as reducedDecoder from '../../src/yolo/decode/decode-reduced.ts';
import type * as gridReader from '../../src/yolo/tensor/read-grids.ts';
import type * as reducer from '../../src/yolo/tensor/reduce-on-device.ts';
import type { Candidates } from '../../src/geometry/index.ts';
import type { HeadSpec } from '../../src/yolo/index.ts';
import type * as madeModule from '../yolo/made-heads.ts';
import { madeHeads } from '../yolo/made-heads.ts';

/** How far the boxes of two readings are apart. */
interface Apart {
  readonly counts: readonly [number, number];
  readonly sameClasses: boolean;
  readonly score: number;
  /** As a share of the side of the box number, of 1 at least. */
  readonly box: number;
}

declare global {
  /** In the page of this test. */
  var reduceBench: {
    readonly library: typeof tensorLibrary;
    readonly decode: typeof headDecoder & typeof reducedDecoder;
    readonly device: typeof reducer & typeof gridReader;
    readonly made: typeof madeModule;
    /** Bytes that WebGL handed to the page since it was set to 0. */
    bytes: number;
    readonly upload: (outputs: readonly { name: string; shape: readonly number[]; data: Float32Array }[]) => reducer.NamedTensor[];
    readonly apart: (a: Candidates, b: Candidates) => Apart;
  };
}

async function openBench(page: Page, options: { readonly halfFloats?: boolean } = {}): Promise<void> {
  await page.route('**/blank.html', (route) => route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>blank</title>' }));
  await page.goto('/blank.html');
  await page.addScriptTag({
    type: 'module',
    content: `
      import * as library from '/@id/@tensorflow/tfjs-core';
      import * as tensors from '/src/runtime/tf.ts';
      import * as heads from '/src/yolo/decode/decode-head.ts';
      import * as reduced from '/src/yolo/decode/decode-reduced.ts';
      import * as reduce from '/src/yolo/tensor/reduce-on-device.ts';
      import * as grids from '/src/yolo/tensor/read-grids.ts';
      import * as made from '/test/yolo/made-heads.ts';
      const bench = { library, made, decode: { ...heads, ...reduced }, device: { ...reduce, ...grids }, bytes: 0,
        upload: (outputs) => outputs.map(({ name, shape, data }) => ({ name, shape, tensor: library.tensor(data, [...shape]) })),
        apart(a, b) {
          const count = Math.min(a.count, b.count);
          let [score, box, sameClasses] = [0, 0, a.count === b.count];
          for (let i = 0; i < count; i++) {
            sameClasses &&= a.classIds[i] === b.classIds[i];
            score = Math.max(score, Math.abs(a.scores[i] - b.scores[i]));
            for (let at = 4 * i; at < 4 * i + 4; at++) box = Math.max(box, Math.abs(a.boxes[at] - b.boxes[at]) / Math.max(1, Math.abs(b.boxes[at])));
          }
          return { counts: [a.count, b.count], sameClasses, score, box };
        },
      };
      const prototype = WebGL2RenderingContext.prototype;
      for (const [name, at] of [['getBufferSubData', 2], ['readPixels', 6]]) {
        const real = prototype[name];
        prototype[name] = function (...given) {
          if (ArrayBuffer.isView(given[at])) bench.bytes += given[at].byteLength;
          return real.apply(this, given);
        };
      }
      const started = await tensors.startBackend('webgl', { wasmPaths: {}, threads: 1, allowSoftwareWebgl: true });
      if (!started.ok) throw new Error(started.failure.detail);
      if (${options.halfFloats ?? false}) library.env().set('WEBGL_RENDER_FLOAT32_ENABLED', false);
      globalThis.reduceBench = bench;
    `,
  });
  await page.waitForFunction(() => 'reduceBench' in globalThis);
}

function expectSame(apart: Apart): void {
  expect(apart.counts[0]).toBe(apart.counts[1]);
  expect(apart.sameClasses).toBe(true);
  expect(apart.score).toBeLessThan(1e-4);
  expect(apart.box).toBeLessThan(1e-3);
}

test('every head that can be reduced gives on webgl the boxes of the whole grid, and leaves no tensor', { tag: '@long' }, async ({ page }) => {
  await openBench(page);
  const seen = await page.evaluate(async () => {
    const { library, decode, device, made, upload, apart } = reduceBench;
    const lines = [];
    for (const head of made.madeHeads.filter((each) => device.canReduce(each.head))) {
      const cases = [
        ['random', made.madeOutputs(head, 1), 0.55],
        ['sparse', made.sparseOutputs(head, made.madeInput, 0.04, 7), 0.4],
        ['empty', made.sparseOutputs(head, made.madeInput, 0, 8), 0.4],
        ['all', made.sparseOutputs(head, made.madeInput, 1, 9), 0.001],
      ] as const;
      for (const [kind, outputs, minScore] of cases) {
        const before = library.memory().numTensors;
        const named = upload(outputs);
        const most = 2_000;
        const reduced = device.reduceGrid(head.head as reducer.ReducibleHead, named, minScore, most, made.madeInput);
        const data = await reduced.data<'float32'>();
        for (const each of [reduced, ...named.map(({ tensor }) => tensor)]) each.dispose();
        const whole = decode.decodeHead(head.head, outputs, minScore, made.madeInput);
        const found = decode.decodeReduced(head.head as reducer.ReducibleHead, head.shapes, data, minScore, made.madeInput);
        lines.push({ head: head.name, kind, passed: data[0], finite: data[1], apart: apart(found, whole), leaked: library.memory().numTensors - before });
      }
    }
    return lines;
  });
  expect(new Set(seen.map(({ head }) => head)).size).toBe(madeHeads.length);
  for (const { head, kind, passed, finite, apart, leaked } of seen) {
    await test.step(`${head}, ${kind}: ${apart.counts[1]} boxes`, () => {
      expectSame(apart);
      expect([passed, finite, leaked]).toEqual([apart.counts[1], 1, 0]);
      if (kind === 'empty') expect(apart.counts[1]).toBe(0);
      else expect(apart.counts[1]).toBeGreaterThan(0);
    });
  }
});

/** Heads of full size: 84 x 8400 columns, and three grids of 85 fields and three anchors. */
const anchors: [number, number][] = [[10, 13], [16, 30], [33, 23]];
const large: Readonly<Record<string, { readonly head: HeadSpec; readonly shapes: { name: string; shape: number[] }[]; readonly side: number }>> = {
  'v8 [1, 84, 8400]': {
    head: { family: 'v8', form: 'decoded', output: 'out', layout: 'columns', boxes: 'centre', coordinates: 'px', logistic: 'applied', classes: 80 },
    shapes: [{ name: 'out', shape: [1, 84, 8400] }],
    side: 640,
  },
  'v3 at 320': {
    head: { family: 'v3', layout: 'hwc', classes: 80, scales: [8, 16, 32].map((stride) => ({ output: `s${stride}`, stride, anchors, scaleXY: 1.05 })) },
    shapes: [8, 16, 32].map((stride) => ({ name: `s${stride}`, shape: [1, 320 / stride, 320 / stride, 255] })),
    side: 320,
  },
};

for (const [name, { head, shapes, side }] of Object.entries(large)) {
  test(`${name} reads at most 64 KB back, and the whole grid when more pass than that holds`, async ({ page }) => {
    await openBench(page);
    const seen = await page.evaluate(
      async ({ head, shapes, side }) => {
        const { library, decode, device, made, upload, apart } = reduceBench;
        const input = { width: side, height: side };
        const big = { name: 'large', head, shapes, from: 0, to: 1 };
        const lines: { kind: string; bytes: number; finite: boolean; apart: Apart; leaked: number }[] = [];
        for (const [kind, share] of [['sparse', 0.005], ['empty', 0], ['all', 1]] as const) {
          const outputs = made.sparseOutputs(big, input, share, 3);
          const before = library.memory().numTensors;
          const named = upload(outputs);
          reduceBench.bytes = 0;
          const grids = await device.readGrids(head, named, input, 0.25);
          const { bytes } = reduceBench;
          for (const { tensor } of named) tensor.dispose();
          lines.push({ kind, bytes, finite: grids.digest.finite, apart: apart(grids.decode(0.25), decode.decodeHead(head, outputs, 0.25, input)), leaked: library.memory().numTensors - before });
        }
        return lines;
      },
      { head, shapes, side },
    );
    const bytesOfAll = 4 * shapes.reduce((sum, { shape }) => sum + shape.reduce((product, length) => product * length, 1), 0);
    for (const { kind, bytes, finite, apart, leaked } of seen) {
      await test.step(`${kind}: ${apart.counts[1]} boxes, ${bytes} bytes`, () => {
        expectSame(apart);
        expect([finite, leaked]).toEqual([true, 0]);
        if (kind === 'all') expect(bytes).toBeGreaterThanOrEqual(bytesOfAll);
        else {
          expect(bytes).toBeGreaterThan(0);
          expect(bytes).toBeLessThanOrEqual(64 * 1024);
        }
        if (kind === 'sparse') expect(apart.counts[1]).toBeGreaterThan(20);
        if (kind === 'all') expect(apart.counts[1]).toBeGreaterThan(1_024);
      });
    }
  });
}

test('outputs that do not fit their head leave no tensor, and NaN is told', { tag: '@long' }, async ({ page }) => {
  await openBench(page);
  const seen = await page.evaluate(async () => {
    const { library, device, made, upload } = reduceBench;
    const told = [];
    for (const head of made.madeHeads.filter((each) => device.canReduce(each.head))) {
      const outputs = made.madeOutputs(head, 1);
      const named = upload(outputs);
      const before = library.memory().numTensors;
      let thrown = '';
      try {
        device.reduceGrid(head.head as reducer.ReducibleHead, named.slice(1), 0.5, 10, made.madeInput);
      } catch (error) {
        thrown = String(error);
      }
      const leaked = library.memory().numTensors - before;
      outputs[0]!.data[3] = NaN;
      const [poisoned] = upload(outputs);
      const reduced = device.reduceGrid(head.head as reducer.ReducibleHead, [poisoned!, ...named.slice(1)], 0.5, 10, made.madeInput);
      told.push({ head: head.name, thrown, leaked, finite: (await reduced.data())[1] });
      for (const each of [reduced, poisoned!.tensor, ...named.map(({ tensor }) => tensor)]) each.dispose();
    }
    return told;
  });
  for (const { head, thrown, leaked, finite } of seen) {
    expect(thrown, head).toMatch(/no output|is missing|not/);
    expect([leaked, finite], head).toEqual([0, 0]);
  }
});

test('a device that renders to 16 bits reads the whole grid, since it could not count places', async ({ page }) => {
  await openBench(page, { halfFloats: true });
  const { head, shapes, side } = large['v8 [1, 84, 8400]']!;
  const seen = await page.evaluate(
    async ({ head, shapes, side }) => {
      const { library, decode, device, made, upload, apart } = reduceBench;
      const input = { width: side, height: side };
      const outputs = made.sparseOutputs({ name: 'large', head, shapes, from: 0, to: 1 }, input, 0.005, 3);
      // What an operation wrote: the device has rounded it.
      const rendered = upload(outputs).map((each) => ({ ...each, tensor: library.mul(each.tensor, 1) }));
      const kept = await Promise.all(rendered.map(async ({ name, shape, tensor }) => ({ name, shape, data: await tensor.data<'float32'>() })));
      const grids = await device.readGrids(head, rendered, input, 0.25, 'reduced');
      return { apart: apart(grids.decode(0.25), decode.decodeHead(head, kept, 0.25, input)), rounded: kept[0]!.data.some((value, i) => value !== outputs[0]!.data[i]) };
    },
    { head, shapes, side },
  );
  expect(seen.rounded, 'the device keeps 16 bits').toBe(true);
  expect(seen.apart.counts[0]).toBeGreaterThan(20);
  expect(seen.apart).toEqual({ counts: [seen.apart.counts[1], seen.apart.counts[1]], sameClasses: true, score: 0, box: 0 });
});
