import { layers } from '@tensorflow/tfjs-layers';
import type { KnownLayer } from '../../import/layers/layer-schemas.ts';
import type { FileWeights } from './file-weights.ts';

/** A layer of the library with the options that were read, its weights out of the file. @param name the library's own for it */
export function makeLayer({ class_name, config }: KnownLayer, name: string, weights: FileWeights): layers.Layer {
  const initial = (...inOrder: readonly string[]): ReturnType<FileWeights['initializer']> => weights.initializer(config.name, ...inOrder);
  switch (class_name) {
    case 'InputLayer':
      throw new Error('an input is no layer to be called');
    case 'Conv2D':
      return layers.conv2d({ name, ...convolution(config), filters: config.filters, dilationRate: config.dilation_rate, kernelInitializer: initial('kernel'), biasInitializer: initial('bias') });
    case 'Conv2DTranspose':
      return layers.conv2dTranspose({ name, ...convolution(config), filters: config.filters, kernelInitializer: initial('kernel'), biasInitializer: initial('bias') });
    case 'DepthwiseConv2D':
      return layers.depthwiseConv2d({ name, ...convolution(config), depthMultiplier: config.depth_multiplier, depthwiseInitializer: initial('depthwise_kernel'), biasInitializer: initial('bias') });
    case 'SeparableConv2D':
      return layers.separableConv2d({
        ...{ name, ...convolution(config), filters: config.filters, depthMultiplier: config.depth_multiplier },
        // The library (4.22) makes the pointwise numbers with the depthwise initializer.
        ...{ depthwiseInitializer: initial('depthwise_kernel', 'pointwise_kernel'), biasInitializer: initial('bias') },
      });
    case 'Dense':
      return layers.dense({ name, units: config.units, activation: config.activation, useBias: config.use_bias, kernelInitializer: initial('kernel'), biasInitializer: initial('bias') });
    case 'BatchNormalization':
      return layers.batchNormalization({
        ...{ name, axis: config.axis, epsilon: config.epsilon, center: config.center, scale: config.scale },
        ...{ gammaInitializer: initial('gamma'), betaInitializer: initial('beta'), movingMeanInitializer: initial('moving_mean'), movingVarianceInitializer: initial('moving_variance') },
      });
    case 'Activation':
      return layers.activation({ name, activation: config.activation });
    case 'ReLU':
      return layers.reLU({ name, ...(typeof config.max_value !== 'number' ? {} : { maxValue: config.max_value }) });
    case 'LeakyReLU':
      return layers.leakyReLU({ name, alpha: config.negative_slope ?? config.alpha ?? kerasLeak });
    case 'PReLU':
      return layers.prelu({ name, alphaInitializer: initial('alpha'), ...(config.shared_axes ? { sharedAxes: config.shared_axes } : {}) });
    case 'ELU':
      return layers.elu({ name });
    case 'Softmax':
      return layers.softmax({ name, axis: config.axis });
    case 'MaxPooling2D':
      return layers.maxPooling2d({ name, ...pooling(config) });
    case 'AveragePooling2D':
      return layers.averagePooling2d({ name, ...pooling(config) });
    case 'GlobalAveragePooling2D':
      return layers.globalAveragePooling2d({ name, dataFormat });
    case 'GlobalMaxPooling2D':
      return layers.globalMaxPooling2d({ name, dataFormat });
    case 'UpSampling2D':
      return layers.upSampling2d({ name, dataFormat, size: config.size, interpolation: 'nearest' });
    case 'ZeroPadding2D':
      return layers.zeroPadding2d({ name, dataFormat, padding: config.padding });
    case 'Cropping2D':
      return layers.cropping2D({ name, dataFormat, cropping: config.cropping });
    case 'Reshape':
      return layers.reshape({ name, targetShape: config.target_shape });
    case 'Permute':
      return layers.permute({ name, dims: config.dims });
    case 'Flatten':
      return layers.flatten({ name, dataFormat });
    case 'Rescaling':
      return layers.rescaling({ name, scale: config.scale, offset: config.offset });
    case 'Add':
      return layers.add({ name });
    case 'Multiply':
      return layers.multiply({ name });
    case 'Average':
      return layers.average({ name });
    case 'Maximum':
      return layers.maximum({ name });
    case 'Minimum':
      return layers.minimum({ name });
    case 'Concatenate':
      return layers.concatenate({ name, axis: config.axis });
    case 'Dropout':
    case 'SpatialDropout2D':
    case 'GaussianNoise':
    case 'GaussianDropout':
    case 'AlphaDropout':
      return layers.activation({ name, activation: 'linear' });
  }
}

const dataFormat = 'channelsLast';
/** What a LeakyReLU of Keras has unless it says otherwise. */
const kerasLeak = 0.3;

type ConvolutionConfig = Extract<KnownLayer, { class_name: 'Conv2D' | 'DepthwiseConv2D' }>['config'];

function convolution({ kernel_size, strides, padding, activation, use_bias }: Pick<ConvolutionConfig, 'kernel_size' | 'strides' | 'padding' | 'activation' | 'use_bias'>) {
  return { dataFormat, kernelSize: kernel_size, strides, padding, activation, useBias: use_bias } as const;
}

type PoolingConfig = Extract<KnownLayer, { class_name: 'MaxPooling2D' }>['config'];

function pooling({ pool_size, strides, padding }: PoolingConfig) {
  return { dataFormat, poolSize: pool_size, strides: strides ?? pool_size, padding } as const;
}
