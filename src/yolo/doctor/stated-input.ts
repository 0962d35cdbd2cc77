import type { Size } from '../../geometry/index.ts';
import type { FoundNetwork } from '../../runtime/files.ts';
import type { ImportedCard, ModelNotes, NetworkFacts, StatedTensor } from '../../runtime/index.ts';
import { ImportError } from '../../runtime/files.ts';
import type { Assumed, Corrections } from './model-report.ts';

type Layout = ImportedCard['input']['layout'];

export interface StatedInput {
  readonly name: string;
  readonly layout: Layout;
  readonly size: Size;
  /** Whether the file leaves the size free. */
  readonly isFree: boolean;
  /** What each of the 256 values of a pixel is to the network, where its input stores whole numbers of 8 bits: (pixel - mean) * scale. */
  readonly pixelValues: { readonly mean: number; readonly scale: number } | null;
  readonly assumed: readonly Assumed[];
}

/** What YOLOs are mostly exported with. */
const usualSidePx = 640;
const longestSidePx = 4096;

/** Kinds of number that each format's runtime takes. */
const typesOf: Readonly<Record<FoundNetwork['format'], readonly string[]>> = {
  onnx: ['float32', 'float16', 'uint8', 'int8'],
  tflite: ['float32', 'uint8'],
  'tfjs-graph': ['float32'],
  'tfjs-layers': ['float32'],
  darknet: ['float32'],
};
const leastOf: Readonly<Record<string, number>> = { uint8: 0, int8: -128 };

/**
 * The one picture that a network takes, as the file states it: [1, 3, H, W] or [1, H, W, 3].
 *
 * @throws ImportError `input-unsupported`, `type-unsupported` or `correction-invalid`
 */
export function readInput(facts: NetworkFacts, format: FoundNetwork['format'], notes: ModelNotes, corrections: Corrections): StatedInput {
  const [input, second] = facts.inputs;
  if (!input || second) throw new ImportError('input-unsupported', `the network has ${facts.inputs.length} inputs, not one picture`);
  if (!typesOf[format].includes(input.type)) throw new ImportError('type-unsupported', `the input ${input.name} takes ${input.type}`);
  const layout = layoutOf(input, format, corrections);
  const pixelValues = pixelValuesOf(input);
  const [height, width] = sidesOf(input, layout.value);
  const assumed: Assumed[] = layout.isAssumed ? [{ about: 'layout', because: 'usual' }] : [];
  if (height !== null && width !== null) {
    const size = checkedSize({ width, height }, input.name);
    if (corrections.size && (corrections.size.width !== width || corrections.size.height !== height)) {
      throw new ImportError('correction-invalid', `the file fixes its input at ${width}x${height}`);
    }
    return { name: input.name, layout: layout.value, size, isFree: false, pixelValues, assumed };
  }
  const [noted, known] = [notes.imagePx, corrections.size];
  if (!known && !noted) assumed.push({ about: 'size', because: 'usual' });
  const wanted = known ?? { height: height ?? noted?.[0] ?? usualSidePx, width: width ?? noted?.[1] ?? usualSidePx };
  return { name: input.name, layout: layout.value, size: checkedSize(wanted, input.name), isFree: height === null && width === null, pixelValues, assumed };
}

/** A pixel is taken for the stored number itself: 0 for the least, 255 for the most. */
function pixelValuesOf({ type, quantisation }: StatedTensor): StatedInput['pixelValues'] {
  const least = leastOf[type];
  if (least === undefined) return null;
  const { scale, zeroPoint } = quantisation ?? { scale: 1, zeroPoint: 0 };
  return { mean: zeroPoint - least, scale };
}

function layoutOf({ name, shape }: StatedTensor, format: FoundNetwork['format'], corrections: Corrections): { readonly value: Layout; readonly isAssumed: boolean } {
  if (shape === null) return { value: corrections.layout ?? (format === 'onnx' ? 'NCHW' : 'NHWC'), isAssumed: corrections.layout === undefined };
  const [batch = null, second = null, , fourth = null] = shape;
  if (shape.length !== 4 || (batch !== null && batch !== 1)) throw new ImportError('input-unsupported', `input ${name} is [${shape.map((side) => side ?? '?').join(', ')}], not one picture`);
  const fits = { NCHW: second === 3 || second === null, NHWC: fourth === 3 || fourth === null };
  const usual: Layout = format === 'onnx' ? 'NCHW' : 'NHWC';
  const value = corrections.layout ?? (second === 3 && fourth !== 3 ? 'NCHW' : fourth === 3 && second !== 3 ? 'NHWC' : usual);
  if (!fits[value] || (format.startsWith('tfjs') && value === 'NCHW')) {
    throw new ImportError('input-unsupported', `input ${name} is [${shape.map((side) => side ?? '?').join(', ')}], not a picture of three channels${value === 'NCHW' && fits.NCHW ? ' in the order that TensorFlow.js runs' : ''}`);
  }
  return { value, isAssumed: corrections.layout === undefined && (value === 'NCHW' ? second !== 3 : fourth !== 3) };
}

function sidesOf({ shape }: StatedTensor, layout: Layout): readonly [height: number | null, width: number | null] {
  const [, second = null, third = null, fourth = null] = shape ?? [];
  return layout === 'NCHW' ? [third, fourth] : [second, third];
}

function checkedSize(size: Size, name: string): Size {
  const fits = [size.width, size.height].every((side) => Number.isInteger(side) && side >= 16 && side <= longestSidePx);
  if (!fits) throw new ImportError('input-unsupported', `input ${name} would be ${size.width}x${size.height} pixels`);
  return size;
}
