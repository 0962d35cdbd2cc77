import type { Result } from '../../base/index.ts';
import { err, ok } from '../../base/index.ts';
import type { DarknetFailure } from './failure.ts';
import type { ConvOp, DarknetPlan, Step } from './plan.ts';
import { weightCountOf } from './plan.ts';

export interface ConvStep extends Step {
  readonly op: ConvOp;
}

/** Where the numbers of a convolution begin. */
export interface PlacedLayer {
  readonly step: ConvStep;
  readonly offsetBytes: number;
}

const bytesPerNumber = 4;

/**
 * Finds the numbers of each convolution in a `.weights`, and accounts for every byte: a file that is too short is
 * refused with the layer and the offset where it ends, one that is too long with the number of bytes left over. Only
 * the header is looked at.
 *
 * The header is three 32-bit numbers (major, minor, revision) and the count of pictures seen in training: 64 bits from
 * version 0.2 on, 32 before. Ref: github.com/AlexeyAB/darknet, `src/parser.c` `load_weights_upto`.
 */
export function layOutWeights(plan: DarknetPlan, bytes: Uint8Array): Result<readonly PlacedLayer[], DarknetFailure> {
  const header = headerBytes(bytes);
  if (!header.ok) return header;
  const placed: PlacedLayer[] = [];
  let offsetBytes = header.value;
  for (const step of plan.steps) {
    if (!isConvStep(step)) continue;
    placed.push({ step, offsetBytes });
    const needed = weightCountOf(step.op) * bytesPerNumber;
    if (offsetBytes + needed > bytes.byteLength) {
      return err(
        'weights-short',
        `layer ${step.layer} (line ${step.place.line} of the .cfg) begins at byte ${offsetBytes} and takes ${needed} bytes; the file ends after ${bytes.byteLength}`,
      );
    }
    offsetBytes += needed;
  }
  const leftOver = bytes.byteLength - offsetBytes;
  if (leftOver > 0) return err('weights-left-over', `${leftOver} bytes after the last layer, which ends at byte ${offsetBytes}`);
  return ok(placed);
}

function isConvStep(step: Step): step is ConvStep {
  return step.op.kind === 'conv';
}

function headerBytes(bytes: Uint8Array): Result<number, DarknetFailure> {
  if (bytes.byteLength < 16) return err('weights-short', `${bytes.byteLength} bytes are less than a header`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const [major, minor] = [view.getInt32(0, true), view.getInt32(4, true)];
  if (major < 0 || minor < 0 || major >= 1000 || minor >= 1000) return err('weights-header', `version ${major}.${minor} is none of darknet's`);
  return ok(major * 10 + minor >= 2 ? 20 : 16);
}
