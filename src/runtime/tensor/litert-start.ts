import type { Result } from '../../base/index.ts';
import { err, messageOf, ok } from '../../base/index.ts';
import type { ModelFailure } from '../model-source.ts';
import { LiteRtLog } from './litert-log.ts';
import type { ReadRuntime } from './runtime-wasm.ts';

/** The two functions of LiteRT that its start needs. */
export interface LiteRtStarter {
  loadLiteRt(path: string): Promise<unknown>;
  supportsFeature(feature: 'relaxedSimd'): Promise<boolean>;
}

interface GlueGlobals {
  importScripts?: (address: string) => void;
  ModuleFactory?: unknown;
  Module?: unknown;
}

/**
 * Starts LiteRT from bytes that are here already. On its own it would fetch its start script by address: with
 * `importScripts`, which a module worker refuses, or with a script element, which Trusted Types refuse. So the script
 * comes as a module of our own bundle, its factory is put where LiteRT looks for it, and for the time of the call
 * `importScripts` finds the script already there.
 * Ref: @litertjs/wasm-utils 2.5, dist/index.js, `createWasmLib` and `runScript`.
 */
export async function startLiteRt(liteRt: LiteRtStarter, readRuntime: ReadRuntime): Promise<Result<LiteRtLog, ModelFailure>> {
  const relaxed = await liteRt.supportsFeature('relaxedSimd');
  const wasm = await readRuntime(relaxed ? 'litert_wasm_internal.wasm' : 'litert_wasm_compat_internal.wasm');
  if (!wasm.ok) return wasm;
  const glue = relaxed ? await import('@litertjs/core/wasm/litert_wasm_internal.js') : await import('@litertjs/core/wasm/litert_wasm_compat_internal.js');
  const globals = globalThis as GlueGlobals;
  const own = Object.getOwnPropertyDescriptor(globals, 'importScripts');
  Object.defineProperty(globals, 'importScripts', { configurable: true, writable: true, value: () => undefined });
  globals.ModuleFactory = glue.default;
  const log = new LiteRtLog();
  globals.Module = { wasmBinary: wasm.value, print: log.write, printErr: log.write };
  try {
    await liteRt.loadLiteRt('bundled.js');
    log.take();
    return ok(log);
  } catch (thrown) {
    return err('model-missing', `LiteRT does not start: ${messageOf(thrown)}`);
  } finally {
    if (own) Object.defineProperty(globals, 'importScripts', own);
    else delete globals.importScripts;
  }
}
