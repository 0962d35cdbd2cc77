import * as v from 'valibot';
import { acceptedName } from '../accepted-name.ts';

/**
 * The layers that are run, and what is read of each: its class and the options that change what it computes. An option
 * whose value is not run here is refused; what matters to training only is not looked at.
 * Ref: the layer pages of keras.io/api/layers; TensorFlow.js runs the same options under other spellings.
 */

const whole = (least: number, most: number) => v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(most));
const pairOf = <S extends v.GenericSchema<unknown, number>>(each: S) => v.pipe(v.union([each, v.tuple([each, each])]), v.transform((value): [number, number] => (typeof value === 'number' ? [value, value] : [value[0], value[1]])));
const onlyOnes = v.optional(v.pipe(pairOf(whole(1, 1)), v.transform(() => 1)));
const finite = v.pipe(v.number(), v.finite());

const channels = whole(1, 65_536);
const kernelPx = pairOf(whole(1, 255));
const stridesPx = v.optional(pairOf(whole(1, 255)), 1);
const padding = v.optional(v.picklist(['valid', 'same']), 'valid');
const lastChannels = { data_format: v.nullish(v.literal('channels_last')) };
const bias = { use_bias: v.optional(v.boolean(), true) };
const axis = whole(-8, 8);

/** Keras names to those of the library. */
const activationNames = {
  linear: 'linear',
  relu: 'relu',
  relu6: 'relu6',
  sigmoid: 'sigmoid',
  tanh: 'tanh',
  softmax: 'softmax',
  elu: 'elu',
  selu: 'selu',
  softplus: 'softplus',
  softsign: 'softsign',
  swish: 'swish',
  silu: 'swish',
  mish: 'mish',
} as const;
const activationName = v.pipe(v.picklist(Object.keys(activationNames) as (keyof typeof activationNames)[]), v.transform((name) => activationNames[name]));
const activation = { activation: v.optional(activationName, 'linear') };

const edge = whole(0, 4096);
/** Pixels at the top and bottom, and at the left and right. */
const edges = v.pipe(
  v.union([edge, v.tuple([edge, edge]), v.tuple([v.tuple([edge, edge]), v.tuple([edge, edge])])]),
  v.transform((value): [[number, number], [number, number]] => {
    if (typeof value === 'number') return [[value, value], [value, value]];
    const [rows, columns] = value;
    return [typeof rows === 'number' ? [rows, rows] : rows, typeof columns === 'number' ? [columns, columns] : columns];
  }),
);

const layer = <N extends string, E extends v.ObjectEntries>(name: N, options: E) => v.object({ class_name: v.literal(name), config: v.object({ name: acceptedName, ...options }) });

const shape = v.pipe(v.array(v.nullable(whole(1, 65_536))), v.minLength(1), v.maxLength(8));
const pooled = { pool_size: v.optional(pairOf(whole(1, 255)), 2), strides: v.nullish(pairOf(whole(1, 255))), padding, ...lastChannels };
const pooledWhole = { ...lastChannels, keepdims: v.optional(v.literal(false)) };

const anyLayer = v.variant('class_name', [
  layer('InputLayer', { batch_input_shape: v.optional(shape), batch_shape: v.optional(shape), dtype: v.optional(v.literal('float32')) }),
  layer('Conv2D', { filters: channels, kernel_size: kernelPx, strides: stridesPx, padding, dilation_rate: v.optional(pairOf(whole(1, 255)), 1), groups: v.optional(v.literal(1)), ...activation, ...bias, ...lastChannels }),
  layer('Conv2DTranspose', { filters: channels, kernel_size: kernelPx, strides: stridesPx, padding, dilation_rate: onlyOnes, output_padding: v.nullish(v.null()), ...activation, ...bias, ...lastChannels }),
  layer('DepthwiseConv2D', { kernel_size: kernelPx, strides: stridesPx, padding, depth_multiplier: v.optional(channels, 1), dilation_rate: onlyOnes, ...activation, ...bias, ...lastChannels }),
  layer('SeparableConv2D', { filters: channels, kernel_size: kernelPx, strides: stridesPx, padding, depth_multiplier: v.optional(channels, 1), dilation_rate: onlyOnes, ...activation, ...bias, ...lastChannels }),
  layer('Dense', { units: whole(1, 10_000_000), ...activation, ...bias }),
  layer('BatchNormalization', { axis: v.optional(v.union([axis, v.pipe(v.tuple([axis]), v.transform(([only]) => only))]), -1), epsilon: v.optional(finite, 1e-3), center: v.optional(v.boolean(), true), scale: v.optional(v.boolean(), true) }),
  layer('Activation', { activation: activationName }),
  layer('ReLU', { max_value: v.nullish(finite), negative_slope: v.nullish(v.literal(0)), threshold: v.nullish(v.literal(0)) }),
  layer('LeakyReLU', { alpha: v.optional(finite), negative_slope: v.optional(finite) }),
  layer('PReLU', { shared_axes: v.nullish(v.pipe(v.array(whole(1, 3)), v.maxLength(3))) }),
  layer('ELU', { alpha: v.optional(v.literal(1)) }),
  layer('Softmax', { axis: v.optional(v.union([axis, v.pipe(v.tuple([axis]), v.transform(([only]) => only))]), -1) }),
  layer('MaxPooling2D', pooled),
  layer('AveragePooling2D', pooled),
  layer('GlobalAveragePooling2D', pooledWhole),
  layer('GlobalMaxPooling2D', pooledWhole),
  // The library's bilinear sampling lies half a pixel beside that of Keras.
  layer('UpSampling2D', { size: v.optional(pairOf(whole(1, 64)), 2), interpolation: v.optional(v.literal('nearest')), ...lastChannels }),
  layer('ZeroPadding2D', { padding: v.optional(edges, 1), ...lastChannels }),
  layer('Cropping2D', { cropping: edges, ...lastChannels }),
  layer('Reshape', { target_shape: v.pipe(v.array(v.union([v.literal(-1), v.pipe(v.null(), v.transform(() => -1)), whole(1, 16_777_216)])), v.minLength(1), v.maxLength(7)) }),
  layer('Permute', { dims: v.pipe(v.array(whole(1, 7)), v.minLength(1), v.maxLength(7)) }),
  layer('Flatten', lastChannels),
  layer('Rescaling', { scale: finite, offset: v.optional(finite, 0) }),
  layer('Add', {}),
  layer('Multiply', {}),
  layer('Average', {}),
  layer('Maximum', {}),
  layer('Minimum', {}),
  layer('Concatenate', { axis: v.optional(axis, -1) }),
  // Layers that do something in training only.
  layer('Dropout', {}),
  layer('SpatialDropout2D', {}),
  layer('GaussianNoise', {}),
  layer('GaussianDropout', {}),
  layer('AlphaDropout', {}),
]); // prettier-ignore

export const layerSchema = anyLayer;
export type KnownLayer = v.InferOutput<typeof anyLayer>;
export const layerClasses: ReadonlySet<string> = new Set(anyLayer.options.map(({ entries }) => entries.class_name.literal));
