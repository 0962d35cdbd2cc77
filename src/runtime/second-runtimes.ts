import type { AssetFile } from './shipped.ts';
import { shippedRuntimes } from './shipped.ts';

/** A program beside the tensor library that runs the models of one format. */
export interface SecondRuntime {
  readonly format: 'onnx' | 'tflite';
  /** Of its maker: no text to translate. */
  readonly name: string;
  /** What this browser needs of it. */
  readonly files: readonly AssetFile[];
}

/** The programs of the second runtimes in the build that this browser takes: LiteRT has one with relaxed SIMD and one without. */
export function secondRuntimes(shipped: readonly AssetFile[] = shippedRuntimes, relaxedSimd = hasRelaxedSimd()): readonly SecondRuntime[] {
  const named = (...names: readonly string[]): readonly AssetFile[] => shipped.filter(({ name }) => names.includes(name));
  return [
    { format: 'onnx', name: 'ONNX Runtime', files: named('ort-wasm-simd-threaded.wasm') },
    { format: 'tflite', name: 'LiteRT', files: named(relaxedSimd ? 'litert_wasm_internal.wasm' : 'litert_wasm_compat_internal.wasm') },
  ];
}

/**
 * A module with one function that answers i8x16.relaxed_swizzle(i8x16.splat(1), i8x16.splat(2)).
 * Ref: github.com/WebAssembly/relaxed-simd, its list of opcodes.
 */
const relaxedSwizzle = Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 15, 1, 13, 0, 65, 1, 253, 15, 65, 2, 253, 15, 253, 128, 2, 11);

function hasRelaxedSimd(): boolean {
  return WebAssembly.validate(relaxedSwizzle);
}
