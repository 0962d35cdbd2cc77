import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ok } from '../../src/base/index.ts';
import type { ReadRuntime } from '../../src/runtime/tensor/runtime-wasm.ts';
import { packageFolder } from './node-source.ts';

/** The wasm of the second runtimes from their packages. LiteRT expects the global name of a page or worker. */
export const readNodeRuntime: ReadRuntime = (name) => {
  Object.assign(globalThis, { self: globalThis });
  const [folder, part] = name.startsWith('ort') ? ['onnxruntime-web', 'dist'] : ['@litertjs/core', 'wasm'];
  return Promise.resolve(ok(new Uint8Array(readFileSync(join(packageFolder(folder), part, name)))));
};
