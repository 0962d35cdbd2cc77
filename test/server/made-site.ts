import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A script long enough to be worth packing. */
export const longScript = `export const numbers = [${Array.from({ length: 900 }, (_, at) => at).join(',')}];\n`;

const files: Readonly<Record<string, string | Uint8Array>> = {
  'index.html': '<!doctype html><title>Lintel</title>',
  'evaluate.html': '<!doctype html><title>Evaluate</title>',
  'sw.js': 'self.skipWaiting();',
  'manifest.webmanifest': '{"name":"Lintel"}',
  'icons/icon.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>',
  'assets/app-1a2b3c4d.js': longScript,
  'assets/app-1a2b3c4d.css': ':root{color:red}',
  'workers/worker-5e6f7a8b.js': 'self.postMessage(1);',
  'models/objects-centernet/0a1b2c3d/weights.bin': new Uint8Array([1, 2, 3, 250]),
  'wasm/9c8d7e6f/tfjs-backend-wasm.wasm': new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]),
  '../secret.txt': 'nobody may read this over the network',
};

/** Makes a small built site, with a file beside it that must never be served, in a fresh folder. */
export async function madeSite(): Promise<{ folder: string; remove: () => Promise<void> }> {
  const base = await mkdtemp(join(tmpdir(), 'lintel-site-'));
  const folder = join(base, 'app');
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, content);
  }
  return { folder, remove: () => rm(base, { recursive: true }) };
}
