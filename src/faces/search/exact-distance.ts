import type { DescriptorRule } from '../compare/descriptor-rule.ts';

/** How many numbers are added up before a row is given up. A divisor of nothing in particular: 16 floats are one cache line. */
const stride = 16;

/**
 * The square of the distance from the probe to one row, or more than `limit` as soon as it is clear that it is more. For
 * the cosine it is twice the distance: the square of the way between the two on the unit sphere.
 */
export type ExactSquare = (values: Float32Array, row: number, limit: number) => number;

export function exactSquare(probe: Float32Array, rule: DescriptorRule): ExactSquare {
  return rule.metric === 'euclidean' ? euclidean(probe) : cosine(probe);
}

/** The distance that the square stands for. */
export function distanceOf(square: number, { metric }: DescriptorRule): number {
  return metric === 'euclidean' ? Math.sqrt(square) : square / 2;
}

/** The square that stands for a distance. */
export function squareOf(distance: number, { metric }: DescriptorRule): number {
  return metric === 'euclidean' ? distance * distance : distance * 2;
}

function euclidean(probe: Float32Array): ExactSquare {
  const { length } = probe;
  return (values, row, limit) => {
    const start = row * length;
    let sum = 0;
    for (let from = 0; from < length && sum <= limit; from += stride) {
      const to = Math.min(length, from + stride);
      for (let i = from; i < to; i++) {
        const difference = (values[start + i] as number) - (probe[i] as number);
        sum += difference * difference;
      }
    }
    return sum;
  };
}

function cosine(probe: Float32Array): ExactSquare {
  const { length } = probe;
  const probeNorm = Math.hypot(...probe);
  return (values, row) => {
    const start = row * length;
    let [dot, norm] = [0, 0];
    for (let i = 0; i < length; i++) {
      const value = values[start + i] as number;
      dot += value * (probe[i] as number);
      norm += value * value;
    }
    return 2 * Math.min(2, Math.max(0, 1 - dot / (Math.sqrt(norm) * probeNorm)));
  };
}
