import { seededRandom } from '../../src/base/index.ts';
import type { DescriptorRule } from '../../src/faces/index.ts';
import { FaceIndex } from '../../src/faces/index.ts';

export interface SearchFigures {
  readonly templates: number;
  readonly length: number;
  /** Of the whole index by the raw floats. */
  readonly bytesRatio: number;
  readonly buildMs: number;
  /** Medians for a probe: a shot of somebody in the gallery, a stranger, and a stranger with a limit to the distance. */
  readonly knownMs: number;
  readonly strangerMs: number;
  readonly limitedMs: number;
  /** The stranger again, row by row without sketches. */
  readonly plainMs: number;
  /** Probes for which both ways found the same two people, of all. */
  readonly same: number;
  readonly probes: number;
}

const probes = 25;
const rule: DescriptorRule = { modelId: 'made', length: 128, metric: 'euclidean' };

/** Searches made templates: directions drawn evenly from all, the hardest case, as no two numbers tell more than others. */
export function timeSearch(templates: number): SearchFigures {
  const normal = normalNumbers(1);
  const { length } = rule;
  const values = new Float32Array(templates * length);
  for (let row = 0; row < templates; row++) values.set(direction(normal, length), row * length);
  const packed = { values, personOf: Uint32Array.from({ length: templates }, (_, row) => row >> 1) };
  const start = performance.now();
  const index = built(packed);
  const buildMs = performance.now() - start;
  const plain = built(packed, true);
  const strangers = Array.from({ length: probes }, () => direction(normal, length));
  const known = Array.from({ length: probes }, (_, i) => values.slice(i * 997 * length, (i * 997 + 1) * length).map((value) => value + 0.03 * normal()));
  const found = (from: FaceIndex, probe: Float32Array, within?: number): string => JSON.stringify(from.nearest({ modelId: rule.modelId, values: probe }, within));
  const times = (list: readonly Float32Array[], from: FaceIndex, within?: number): number => medianMs(list, (probe) => found(from, probe, within));
  return {
    templates,
    length,
    bytesRatio: index.bytes / values.byteLength,
    buildMs,
    knownMs: times(known, index),
    strangerMs: times(strangers, index),
    limitedMs: times(strangers, index, 0.6),
    plainMs: times(strangers.slice(0, 7), plain),
    same: [...known, ...strangers].filter((probe) => found(index, probe) === found(plain, probe)).length,
    probes: 2 * probes,
  };
}

function built(packed: Parameters<typeof FaceIndex.build>[0], plain = false): FaceIndex {
  const index = FaceIndex.build(packed, rule, { plain });
  if (!index.ok) throw new Error(index.failure.detail);
  return index.value;
}

function direction(normal: () => number, length: number): Float32Array {
  const values = Float32Array.from({ length }, normal);
  const norm = Math.hypot(...values);
  return values.map((value) => value / norm);
}

/** Ref: Box, Muller 1958. */
function normalNumbers(seed: number): () => number {
  const random = seededRandom(seed);
  return () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

function medianMs(list: readonly Float32Array[], work: (probe: Float32Array) => void): number {
  const spent = list.map((probe) => {
    const start = performance.now();
    work(probe);
    return performance.now() - start;
  });
  return spent.sort((a, b) => a - b)[spent.length >> 1] ?? NaN;
}
