import { join } from 'node:path';
import { createServer } from 'vite';
import { modelFiles } from '../../models/build-models.ts';
import type * as Comparison from './compare-darknet.ts';

/**
 * Compares the grids of a darknet network with those that another program computed, on wasm in Node.
 *
 * tsx tools/measure/darknet-oracle.ts <model.cfg> <model.weights> <input.f32> <out0.f32> [<out1.f32> ...]
 *
 * The input is [height, width, 3], RGB 0..1; an output has rows of cx, cy, w, h in 0..1, objectness, and objectness *
 * class probability, or 0 where the other program dropped it. Prints one JSON line.
 */
const paths = process.argv.slice(2);
if (paths.length < 4) {
  process.stderr.write('usage: tsx tools/measure/darknet-oracle.ts <model.cfg> <model.weights> <input.f32> <out0.f32> [<out1.f32> ...]\n');
  process.exitCode = 2;
} else {
  // The rooms ask the build for what ships with the app: the same plugin answers here.
  const server = await createServer({
    configFile: false,
    appType: 'custom',
    logLevel: 'error',
    plugins: [modelFiles()],
    optimizeDeps: { noDiscovery: true },
    server: { middlewareMode: true, hmr: false, ws: false, watch: null },
  });
  try {
    const { compareDarknet } = (await server.ssrLoadModule(join(import.meta.dirname, 'compare-darknet.ts'))) as typeof Comparison;
    const [cfg, weights, input, ...outputs] = paths as [string, string, string, ...string[]];
    process.stdout.write(`${JSON.stringify(await compareDarknet({ cfg, weights, input, outputs }))}\n`);
  } finally {
    await server.close();
  }
}
