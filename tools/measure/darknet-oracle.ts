import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { ViteDevServer } from 'vite';
import type { DarknetComparison } from './compare-darknet.ts';
import type * as Comparison from './compare-darknet.ts';
import { withModules, withPage } from './module-server.ts';

const usage = `usage: tsx tools/measure/darknet-oracle.ts wasm|webgl <model.cfg> <model.weights> <input.f32> <out0.f32> [<out1.f32> ...]

Compares the grids of a darknet network with those that another program computed: on wasm in Node, or on webgl in
headless Chromium. The input is [height, width, 3], RGB 0..1; an output has rows of cx, cy, w, h in 0..1, objectness,
and objectness * class probability, or 0 where the other program dropped it. Prints one JSON line.
(OpenCV folds batch norm with an epsilon of 1e-6, darknet itself and this project with 1e-5: grids differ by that.)
`;

const [backend, ...paths] = process.argv.slice(2);
if ((backend !== 'wasm' && backend !== 'webgl') || paths.length < 4) {
  process.stderr.write(usage);
  process.exitCode = 2;
} else {
  const result = await withModules((server) => (backend === 'wasm' ? compareHere(server, paths) : compareInPage(server, paths)));
  process.stdout.write(`${JSON.stringify(result)}\n`);
}

async function compareHere(server: ViteDevServer, [cfg = '', weights = '', input = '', ...outputs]: readonly string[]): Promise<DarknetComparison> {
  const folder = join(dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm/package.json')), 'dist');
  const names = ['tfjs-backend-wasm.wasm', 'tfjs-backend-wasm-simd.wasm', 'tfjs-backend-wasm-threaded-simd.wasm'];
  const wasmPaths = Object.fromEntries(names.map((name) => [name, join(folder, name)]));
  const { compareDarknet } = (await server.ssrLoadModule(join(import.meta.dirname, 'compare-darknet.ts'))) as typeof Comparison;
  const files = {
    cfg: await readFile(cfg),
    weights: await readFile(weights),
    input: await readFloats(input),
    outputs: await Promise.all(outputs.map(readFloats)),
  };
  return compareDarknet(files, 'wasm', { wasmPaths, threads: 1, allowSoftwareWebgl: false });
}

function compareInPage(server: ViteDevServer, files: readonly string[]): Promise<DarknetComparison> {
  return withPage(server, files, (page) =>
    page.evaluate(async (count) => {
      // Functions with names do not travel: the loader gives them a helper that the page does not have.
      const answers = await Promise.all(Array.from({ length: count }, (_, i) => fetch(`/measured/${i}`)));
      const [cfg, weights, input, ...outputs] = await Promise.all(answers.map((answer) => answer.arrayBuffer()));
      if (!cfg || !weights || !input) throw new Error('too few files');
      const address = '/tools/measure/compare-darknet.ts';
      const { compareDarknet } = (await import(address)) as typeof Comparison;
      const measured = {
        cfg: new Uint8Array(cfg),
        weights: new Uint8Array(weights),
        input: new Float32Array(input),
        outputs: outputs.map((buffer) => new Float32Array(buffer)),
      };
      return compareDarknet(measured, 'webgl', { wasmPaths: {}, threads: 1, allowSoftwareWebgl: true });
    }, files.length),
  );
}

async function readFloats(path: string): Promise<Float32Array> {
  const bytes = await readFile(path);
  return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
}
