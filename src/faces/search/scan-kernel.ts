/** Multiplies a probe with the sketches of rows; addresses are bytes in the memory that the kernel was made with. */
export type ScanKernel = (codes: number, rows: number, blocks: number, probe: number, out: number) => void;

/** What one step of the kernel reads: 32 codes of 4 bits, first those in the low halves of 16 bytes, then those in the high ones. */
export const codesPerBlock = 32;
export const bytesPerBlock = 16;

const i32 = 0x7f;
const v128 = 0x7b;
const end = 0x0b;
const [codes, rows, blocks, probe, out, block, at, sums, loaded, half, weights] = Array.from({ length: 11 }, (_, index) => index) as [number, number, number, number, number, number, number, number, number, number, number];

const get = (local: number): number[] => [0x20, local];
const set = (local: number): number[] => [0x21, local];
const constant = (value: number): number[] => [0x41, value];
const load = (offset: number): number[] => [0xfd, 0x00, 0x00, offset];
const step = (local: number, by: number): number[] => [...get(local), ...constant(by), 0x6a, ...set(local)];
/** Counts down and goes round again while there is something left. */
const again = (local: number): number[] => [...get(local), ...constant(1), 0x6b, 0x22, local, 0x0d, 0x00];
const loop = (body: readonly number[]): number[] => [0x03, 0x40, ...body, end];
const extract = (lane: number): number[] => [...get(sums), 0xfd, 0x1b, lane];

const simd = {
  zero: [0xfd, 0x0c, ...new Array<number>(16).fill(0)],
  splatBytes: [0xfd, 0x0f],
  and: [0xfd, 0x4e],
  shiftBytesRight: [0xfd, 0x6d],
  multiplyLow: [0xfd, 0x9c, 0x01],
  multiplyHigh: [0xfd, 0x9d, 0x01],
  addShorts: [0xfd, 0x8e, 0x01],
  addPairs: [0xfd, 0x7e],
  addInts: [0xfd, 0xae, 0x01],
} as const;

/** Of 16 codes and 16 weights of a probe: 8 sums of two products. None leaves 16 bits, as 4 * 15 * 127 does not. */
const products = [...get(half), ...get(weights), ...simd.multiplyLow, ...get(half), ...get(weights), ...simd.multiplyHigh, ...simd.addShorts];

const oneBlock = [
  ...get(codes), ...load(0), ...set(loaded),
  ...get(loaded), ...constant(15), ...simd.splatBytes, ...simd.and, ...set(half),
  ...get(at), ...load(0), ...set(weights),
  ...get(sums), ...products,
  ...get(loaded), ...constant(4), ...simd.shiftBytesRight, ...set(half),
  ...get(at), ...load(16), ...set(weights),
  ...products, ...simd.addShorts, ...simd.addPairs, ...simd.addInts, ...set(sums),
  ...step(codes, bytesPerBlock), ...step(at, codesPerBlock), ...again(block),
];

const oneRow = [
  ...simd.zero, ...set(sums), ...get(blocks), ...set(block), ...get(probe), ...set(at),
  ...loop(oneBlock),
  ...get(out), ...extract(0), ...extract(1), 0x6a, ...extract(2), 0x6a, ...extract(3), 0x6a, 0x36, 0x02, 0x00,
  ...step(out, 4), ...again(rows),
];

/** A list of bytes behind its length, in the format's numbers of 7 bits to a byte. */
function sized(bytes: readonly number[]): number[] {
  return bytes.length < 128 ? [bytes.length, ...bytes] : [(bytes.length & 127) | 128, bytes.length >> 7, ...bytes];
}

const name = (text: string): number[] => sized(Array.from(text, (letter) => letter.charCodeAt(0)));
const section = (id: number, content: readonly number[]): number[] => [id, ...sized(content)];

/**
 * One function over an imported memory, with the 16-byte instructions of WebAssembly.
 * Ref: WebAssembly Core Specification 2.0, 5 (binary format).
 */
const moduleBytes = new Uint8Array([
  0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00,
  ...section(1, [1, 0x60, ...sized([i32, i32, i32, i32, i32]), 0]),
  ...section(2, [1, ...name('host'), ...name('memory'), 0x02, 0x00, 0x01]),
  ...section(3, [1, 0]),
  ...section(7, [1, ...name('scan'), 0x00, 0]),
  ...section(10, [1, ...sized([2, 2, i32, 4, v128, ...loop(oneRow), end])]),
]);

/** null where the engine has no 16-byte instructions, or forbids code of this kind. At least one row and one block. */
export function makeScanKernel(memory: WebAssembly.Memory): ScanKernel | null {
  try {
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(moduleBytes), { host: { memory } });
    return exports['scan'] as ScanKernel;
  } catch {
    return null;
  }
}
