import type { DescriptorRule } from '../compare/descriptor-rule.ts';
import type { ScanKernel } from './scan-kernel.ts';
import { bytesPerBlock, codesPerBlock, makeScanKernel } from './scan-kernel.ts';

const pageBytes = 65_536;
/** Numbers beside the codes of a row: its scale, the square of its length, and how far the sketch is from it. */
const factsPerRow = 3;
/** Codes are 0..15; the middle of them stands for 0. */
const middle = 7.5;
const largestWeight = 127;
/** What rounding to 32 bits may take from a bound, by the squares that it is made of. */
const rounding = 2e-6;

/** A probe as the kernel takes it, and what it lost on the way. */
interface ProbeSketch {
  readonly square: number;
  readonly error: number;
  readonly scale: number;
  readonly sum: number;
}

/**
 * Every row again in an eighth of its bytes: 4 bits for a number, about the mean of all rows. With what each sketch is off
 * by, it gives a bound that the true distance cannot be below, so a search that passes over rows by it stays exact.
 */
export class Sketches {
  readonly #kernel: ScanKernel;
  readonly #memory: WebAssembly.Memory;
  readonly #facts: Float32Array;
  readonly #mean: Float64Array;
  readonly #rows: number;
  readonly #blocks: number;
  readonly #rule: DescriptorRule;

  /** null where the engine cannot run the kernel, or has not the memory. */
  static of(values: Float32Array, rule: DescriptorRule): Sketches | null {
    const rows = values.length / rule.length;
    const blocks = Math.ceil(rule.length / codesPerBlock);
    if (rows === 0) return null;
    const memory = memoryOf(rows * blocks * bytesPerBlock + blocks * codesPerBlock + rows * 4);
    const kernel = memory && makeScanKernel(memory);
    return kernel ? new Sketches(values, rule, memory, kernel) : null;
  }

  private constructor(values: Float32Array, rule: DescriptorRule, memory: WebAssembly.Memory, kernel: ScanKernel) {
    this.#rule = rule;
    this.#memory = memory;
    this.#kernel = kernel;
    this.#rows = values.length / rule.length;
    this.#blocks = Math.ceil(rule.length / codesPerBlock);
    this.#facts = new Float32Array(this.#rows * factsPerRow);
    this.#mean = new Float64Array(rule.length);
    const row = new Float64Array(rule.length);
    for (let i = 0; i < this.#rows; i++) {
      this.#read(values, i, row);
      for (let j = 0; j < row.length; j++) this.#mean[j] = (this.#mean[j] as number) + (row[j] as number) / this.#rows;
    }
    for (let i = 0; i < this.#rows; i++) this.#sketch(values, i, row);
  }

  get bytes(): number {
    return this.#memory.buffer.byteLength + this.#facts.byteLength;
  }

  /**
   * For each row a square that its distance from the probe is not below. Good until the next call.
   *
   * @param offer is told what the distance of a row is likely to be, and says how far the next one of interest may be
   */
  lowerBounds(probe: Float32Array, offer: (row: number, likely: number) => number): Float32Array {
    const { square, error, scale, sum } = this.#sketchProbe(probe);
    const rows = this.#rows;
    const facts = this.#facts;
    const outAt = this.#probeAt + this.#blocks * codesPerBlock;
    this.#kernel(0, rows, this.#blocks, this.#probeAt, outAt);
    const dots = new Int32Array(this.#memory.buffer, outAt, rows);
    const bounds = new Float32Array(this.#memory.buffer, outAt, rows);
    const probeNorm = Math.sqrt(square);
    let wanted = Infinity;
    for (let row = 0, at = 0; row < rows; row++, at += factsPerRow) {
      const rowScale = facts[at] as number;
      const rowSquare = facts[at + 1] as number;
      const rowError = facts[at + 2] as number;
      const likely = rowSquare + square - 2 * rowScale * scale * ((dots[row] as number) - middle * sum);
      // Cauchy-Schwarz: what row and probe lost in their sketches moves their product by no more than this.
      const doubt = rowError * probeNorm + (Math.sqrt(rowSquare) + rowError) * error;
      bounds[row] = likely - 2 * doubt - rounding * (rowSquare + square);
      if (likely < wanted) wanted = offer(row, likely);
    }
    return bounds;
  }

  get #probeAt(): number {
    return this.#rows * this.#blocks * bytesPerBlock;
  }

  /** A row as the metric sees it: the cosine sees directions only. */
  #read(values: Float32Array, index: number, into: Float64Array): void {
    const start = index * into.length;
    let square = 0;
    for (let j = 0; j < into.length; j++) {
      const value = values[start + j] as number;
      into[j] = value;
      square += value * value;
    }
    if (this.#rule.metric === 'euclidean') return;
    const norm = Math.sqrt(square);
    for (let j = 0; j < into.length; j++) into[j] = (into[j] as number) / norm;
  }

  #sketch(values: Float32Array, index: number, row: Float64Array): void {
    this.#read(values, index, row);
    const codes = new Uint8Array(this.#memory.buffer, index * this.#blocks * bytesPerBlock, this.#blocks * bytesPerBlock);
    let [largest, square, missed] = [0, 0, 0];
    for (let j = 0; j < row.length; j++) {
      const value = (row[j] as number) - (this.#mean[j] as number);
      row[j] = value;
      square += value * value;
      largest = Math.max(largest, Math.abs(value));
    }
    const scale = Math.fround(largest / middle) || 1;
    for (let j = 0; j < row.length; j++) {
      const value = row[j] as number;
      const code = Math.min(15, Math.max(0, Math.round(value / scale + middle)));
      missed += (value - scale * (code - middle)) ** 2;
      const place = j % codesPerBlock;
      const byte = (j - place) / 2 + (place % bytesPerBlock);
      codes[byte] = (codes[byte] as number) | (place < bytesPerBlock ? code : code << 4);
    }
    this.#facts.set([scale, square, Math.sqrt(missed) * (1 + rounding)], index * factsPerRow);
  }

  #sketchProbe(probe: Float32Array): ProbeSketch {
    const row = new Float64Array(probe.length);
    this.#read(probe, 0, row);
    let [largest, square] = [0, 0];
    for (let j = 0; j < row.length; j++) {
      const value = (row[j] as number) - (this.#mean[j] as number);
      row[j] = value;
      square += value * value;
      largest = Math.max(largest, Math.abs(value));
    }
    const scale = largest / largestWeight || 1;
    const weights = new Int8Array(this.#memory.buffer, this.#probeAt, this.#blocks * codesPerBlock).fill(0);
    let [missed, sum] = [0, 0];
    for (let j = 0; j < row.length; j++) {
      const weight = Math.round((row[j] as number) / scale);
      weights[j] = weight;
      sum += weight;
      missed += ((row[j] as number) - scale * weight) ** 2;
    }
    return { square, error: Math.sqrt(missed), scale, sum };
  }
}

function memoryOf(bytes: number): WebAssembly.Memory | null {
  try {
    return new WebAssembly.Memory({ initial: Math.ceil(bytes / pageBytes) });
  } catch {
    return null;
  }
}
