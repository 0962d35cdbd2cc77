import { zipSync } from 'fflate';
import type { NamedBytes } from '../../src/runtime/index.ts';

export interface LayerJson {
  readonly class_name: string;
  readonly config: Readonly<Record<string, unknown>>;
  readonly name?: string;
  readonly inbound_nodes?: readonly unknown[];
}

export interface WeightJson {
  readonly name: string;
  readonly shape: readonly number[];
  readonly values: ArrayLike<number>;
}

/** The picture of the made networks. */
export const inputJson: LayerJson = { class_name: 'InputLayer', name: 'image', config: { name: 'image', batch_input_shape: [null, 32, 32, 3], dtype: 'float32' }, inbound_nodes: [] };

/** An 8x8 convolution with stride 8 to a grid [1, 4, 4, 6], as Keras writes it. */
export const gridJson = (change: Readonly<Record<string, unknown>> = {}): LayerJson => ({
  class_name: 'Conv2D',
  name: 'grid',
  config: {
    ...{ name: 'grid', trainable: true, dtype: 'float32', filters: 6, kernel_size: [8, 8], strides: [8, 8], padding: 'valid', data_format: 'channels_last', dilation_rate: [1, 1], groups: 1, activation: 'linear', use_bias: true },
    ...{ kernel_initializer: { class_name: 'GlorotUniform', config: { seed: null } }, bias_initializer: { class_name: 'Zeros', config: {} }, kernel_regularizer: null },
    ...change,
  },
  inbound_nodes: [[['image', 0, 0, {}]]],
});

/** `model.json` of a network of layers and its weights, all in one folder. The output is that of the last layer unless it is said. */
export function madeLayersFiles(layers: readonly LayerJson[], weights: readonly WeightJson[], outputs = [layers.at(-1)?.config['name']]): readonly NamedBytes[] {
  const json = {
    format: 'layers-model',
    generatedBy: 'keras v2.15.0',
    modelTopology: {
      keras_version: '2.15.0',
      backend: 'tensorflow',
      model_config: { class_name: 'Functional', config: { name: 'made', trainable: true, layers, input_layers: [['image', 0, 0]], output_layers: outputs.map((name) => [name, 0, 0]) } },
    },
    weightsManifest: [{ paths: ['group1-shard1of1.bin'], weights: weights.map(({ name, shape }) => ({ name, shape, dtype: 'float32' })) }],
  };
  const numbers = Float32Array.from(weights.flatMap(({ values }) => Array.from(values)));
  return [
    { name: 'made/model.json', bytes: new TextEncoder().encode(JSON.stringify(json)) },
    { name: 'made/group1-shard1of1.bin', bytes: new Uint8Array(numbers.buffer) },
  ];
}

/** The files of `madeLayersFiles` for the one convolution. @param weights [8, 8, 3, 6] */
export function madeLayersGrid(weights: Float32Array, bias: readonly number[]): readonly NamedBytes[] {
  return madeLayersFiles([inputJson, gridJson()], [{ name: 'grid/kernel', shape: [8, 8, 3, 6], values: weights }, { name: 'grid/bias', shape: [6], values: bias }]);
}

export function zipped(files: readonly NamedBytes[], name = 'made.zip'): NamedBytes {
  return { name, bytes: new Uint8Array(zipSync(Object.fromEntries(files.map((file) => [file.name, file.bytes])))) };
}
