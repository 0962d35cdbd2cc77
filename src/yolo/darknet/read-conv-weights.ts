import type { Result } from '../../base/index.ts';
import { err, ok } from '../../base/index.ts';
import { allFinite } from '../../runtime/index.ts';
import type { DarknetFailure } from './failure.ts';
import type { PlacedLayer } from './weights-layout.ts';

/** A convolution with its batch norm folded in. */
export interface ConvWeights {
  /** [size, size, inChannels / groups, filters], row-major. */
  readonly filters: Float32Array;
  /** [filters] */
  readonly bias: Float32Array;
}

/** Kept from zero under the root. Ref: github.com/AlexeyAB/darknet, `src/blas.c` `normalize_cpu`. */
const epsilon = 0.00001;

/**
 * Reads one convolution from a file whose layout was checked: per filter its bias, with batch norm its scale, rolling
 * mean and rolling variance, then filters of [inChannels / groups][size][size] numbers.
 *
 * Folding: scale * (conv(x) - mean) / sqrt(variance + epsilon) + bias is a convolution by filters * factor with the bias
 * bias - mean * factor, where factor = scale / sqrt(variance + epsilon). Ref: Ioffe and Szegedy, arXiv:1502.03167.
 */
export function readConvWeights({ step, offsetBytes }: PlacedLayer, bytes: Uint8Array): Result<ConvWeights, DarknetFailure> {
  const { filters: count, inChannels, size, groups, batchNormalize } = step.op;
  let at = offsetBytes;
  const next = (numbers: number): Float32Array => {
    const from = bytes.byteOffset + at;
    const row = new Float32Array(bytes.buffer.slice(from, from + numbers * 4));
    at += numbers * 4;
    return row;
  };
  const bias = next(count);
  const factors = new Float32Array(count).fill(1);
  if (batchNormalize) {
    const [scales, means, variances] = [next(count), next(count), next(count)];
    for (let filter = 0; filter < count; filter++) {
      const factor = (scales[filter] as number) / Math.sqrt((variances[filter] as number) + epsilon);
      factors[filter] = factor;
      bias[filter] = (bias[filter] as number) - (means[filter] as number) * factor;
    }
  }
  const taps = (inChannels / groups) * size * size;
  const filters = filtersLast(next(count * taps), factors, inChannels / groups, size * size);
  if (!allFinite(bias) || !allFinite(filters)) return err('weights-not-finite', `layer ${step.layer} (line ${step.place.line} of the .cfg), bytes ${offsetBytes} to ${at}`);
  return ok({ filters, bias });
}

/** [filter][channel][cell] to [cell][channel][filter], each filter multiplied by its factor. */
function filtersLast(rows: Float32Array, factors: Float32Array, channels: number, cells: number): Float32Array {
  const count = factors.length;
  const turned = new Float32Array(rows.length);
  let at = 0;
  for (let filter = 0; filter < count; filter++) {
    const factor = factors[filter] as number;
    for (let channel = 0; channel < channels; channel++) {
      for (let cell = 0; cell < cells; cell++, at++) {
        turned[(cell * channels + channel) * count + filter] = (rows[at] as number) * factor;
      }
    }
  }
  return turned;
}
