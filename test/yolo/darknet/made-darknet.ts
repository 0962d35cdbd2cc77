/** A darknet network made for a test: its two files, and what it computes by plain loops, straight from darknet's definitions. */

export type MadeLayer =
  | {
      readonly kind: 'convolutional';
      readonly filters: number;
      readonly size?: number;
      readonly stride?: number;
      readonly pad?: 0 | 1;
      readonly padding?: number;
      readonly groups?: number;
      readonly batch_normalize?: 0 | 1;
      readonly activation?: string;
    }
  | { readonly kind: 'maxpool'; readonly size?: number; readonly stride?: number; readonly padding?: number }
  | { readonly kind: 'avgpool' }
  | { readonly kind: 'upsample'; readonly stride?: number }
  | { readonly kind: 'route'; readonly layers: readonly number[]; readonly groups?: number; readonly group_id?: number }
  | { readonly kind: 'shortcut'; readonly from: readonly number[]; readonly activation?: string }
  | { readonly kind: 'reorg'; readonly stride: number }
  | { readonly kind: 'dropout'; readonly probability: number }
  | { readonly kind: 'yolo'; readonly mask?: readonly number[]; readonly anchors: readonly number[]; readonly num: number; readonly classes: number; readonly scale_x_y?: number; readonly new_coords?: 0 | 1 }
  | { readonly kind: 'region'; readonly anchors: readonly number[]; readonly num: number; readonly classes: number; readonly softmax: 1 };

/** A feature map as darknet keeps it: channel by channel, row by row. */
export interface ReferenceMap {
  readonly channels: number;
  readonly height: number;
  readonly width: number;
  readonly data: Float64Array;
}

export interface MadeDarknet {
  readonly cfgText: string;
  readonly cfg: Uint8Array;
  readonly weights: Uint8Array;
  /** The maps that the heads read, in order. The input is [height, width, 3]. */
  run(input: Float32Array, height: number, width: number): readonly ReferenceMap[];
}

export interface MadeOptions {
  readonly width?: number;
  readonly height?: number;
  readonly seed?: number;
  /** major, minor */
  readonly version?: readonly [number, number];
}

/** Numbers between -1 and 1, the same every time. */
export function madeNumbers(seed: number): () => number {
  let state = (seed * 2654435761 + 1) >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state / 2 ** 31 - 1) * 0.999;
  };
}

export function madePicture(height: number, width: number, seed = 7): Float32Array {
  const next = madeNumbers(seed);
  return Float32Array.from({ length: height * width * 3 }, () => next() / 2 + 0.5);
}

interface ConvNumbers {
  readonly biases: Float32Array;
  readonly scales: Float32Array;
  readonly means: Float32Array;
  readonly variances: Float32Array;
  readonly filters: Float32Array;
}

export function makeDarknet(layers: readonly MadeLayer[], { width = 8, height = 8, seed = 1, version = [0, 2] }: MadeOptions = {}): MadeDarknet {
  const channels = channelsOf(layers);
  const next = madeNumbers(seed);
  const rows = (count: number, from: (x: number) => number): Float32Array => Float32Array.from({ length: count }, () => from(next()));
  const numbers = layers.map((layer, i): ConvNumbers | null => {
    if (layer.kind !== 'convolutional') return null;
    const { filters, size = 1, groups = 1 } = layer;
    const taps = ((channels[i] ?? 3) / groups) * size * size;
    return {
      biases: rows(filters, (x) => x / 2),
      scales: rows(filters, (x) => 1 + x / 2),
      means: rows(filters, (x) => x / 4),
      // Some of them so small that the epsilon under the root counts.
      variances: rows(filters, (x) => (x > 0.8 ? 1e-5 : 1 + x / 2)),
      filters: rows(filters * taps, (x) => (x * 1.5) / Math.sqrt(taps)),
    };
  });
  const body = layers.flatMap((layer, i) => {
    const own = numbers[i];
    if (layer.kind !== 'convolutional' || !own) return [];
    return layer.batch_normalize ? [own.biases, own.scales, own.means, own.variances, own.filters] : [own.biases, own.filters];
  });
  const cfgText = [`[net]\nbatch=1\nwidth=${width}\nheight=${height}\nchannels=3\n`, ...layers.map(sectionText)].join('\n');
  return {
    cfgText,
    cfg: new TextEncoder().encode(cfgText),
    weights: joinWeights(version, body),
    run: (input, inputHeight, inputWidth) => runReference(layers, numbers, toMap(input, inputHeight, inputWidth)),
  };
}

function sectionText({ kind, ...options }: MadeLayer): string {
  return [`[${kind}]`, ...Object.entries(options).map(([name, value]) => `${name} = ${String(value)}`), ''].join('\n');
}

function joinWeights([major, minor]: readonly [number, number], body: readonly Float32Array[]): Uint8Array {
  const header = major * 10 + minor >= 2 ? 20 : 16;
  const bytes = new Uint8Array(header + body.reduce((sum, part) => sum + part.byteLength, 0));
  const view = new DataView(bytes.buffer);
  view.setInt32(0, major, true);
  view.setInt32(4, minor, true);
  view.setInt32(8, 5, true);
  view.setInt32(12, 12345, true);
  let at = header;
  for (const part of body) {
    bytes.set(new Uint8Array(part.buffer), at);
    at += part.byteLength;
  }
  return bytes;
}

/** The channels that come into each layer, as far as a convolution needs to know them. */
function channelsOf(layers: readonly MadeLayer[]): readonly number[] {
  const into: number[] = [];
  const out: number[] = [];
  for (const [i, layer] of layers.entries()) {
    const previous = i === 0 ? 3 : (out[i - 1] ?? 0);
    into.push(previous);
    if (layer.kind === 'convolutional') out.push(layer.filters);
    else if (layer.kind === 'route') out.push(layer.layers.reduce((sum, n) => sum + (out[n < 0 ? i + n : n] ?? 0), 0) / (layer.groups ?? 1));
    else if (layer.kind === 'reorg') out.push(previous * layer.stride ** 2);
    else out.push(previous);
  }
  return into;
}

function toMap(input: Float32Array, height: number, width: number): ReferenceMap {
  return fillMap(3, height, width, (c, y, x) => input[(y * width + x) * 3 + c] ?? NaN);
}

function fillMap(channels: number, height: number, width: number, at: (c: number, y: number, x: number) => number): ReferenceMap {
  const data = new Float64Array(channels * height * width);
  for (let c = 0, i = 0; c < channels; c++) for (let y = 0; y < height; y++) for (let x = 0; x < width; x++, i++) data[i] = at(c, y, x);
  return { channels, height, width, data };
}

/** Outside the map: NaN, for the caller to replace. */
function cell({ height, width, data }: ReferenceMap, c: number, y: number, x: number): number {
  if (y < 0 || x < 0 || y >= height || x >= width) return NaN;
  return data[(c * height + y) * width + x] ?? NaN;
}

function runReference(layers: readonly MadeLayer[], numbers: readonly (ConvNumbers | null)[], input: ReferenceMap): readonly ReferenceMap[] {
  const maps: ReferenceMap[] = [];
  const heads: ReferenceMap[] = [];
  for (const [i, layer] of layers.entries()) {
    const previous = i === 0 ? input : maps[i - 1]!;
    const named = (n: number): ReferenceMap => maps[n < 0 ? i + n : n]!;
    switch (layer.kind) {
      case 'convolutional':
        maps.push(convolve(layer, numbers[i]!, previous));
        break;
      case 'maxpool':
        maps.push(maxpool(layer, previous));
        break;
      case 'avgpool':
        maps.push(
          fillMap(previous.channels, 1, 1, (c) => {
            const area = previous.height * previous.width;
            return previous.data.subarray(c * area, (c + 1) * area).reduce((sum, value) => sum + value, 0) / area;
          }),
        );
        break;
      case 'upsample': {
        const { stride = 2 } = layer;
        maps.push(fillMap(previous.channels, previous.height * stride, previous.width * stride, (c, y, x) => cell(previous, c, Math.floor(y / stride), Math.floor(x / stride))));
        break;
      }
      case 'route': {
        const { groups = 1, group_id = 0 } = layer;
        const parts = layer.layers.map(named).map((map) => {
          const area = map.height * map.width;
          const count = map.channels / groups;
          return map.data.subarray(count * group_id * area, count * (group_id + 1) * area);
        });
        const { height, width } = named(layer.layers[0]!);
        const data = Float64Array.from(parts.flatMap((part) => [...part]));
        maps.push({ channels: data.length / (height * width), height, width, data });
        break;
      }
      case 'shortcut': {
        const others = layer.from.map(named);
        const { channels, height, width } = previous;
        maps.push(fillMap(channels, height, width, (c, y, x) => activated(others.reduce((sum, map) => sum + cell(map, c, y, x), cell(previous, c, y, x)), layer.activation ?? 'linear')));
        break;
      }
      case 'reorg':
        maps.push(reorganised(previous, layer.stride));
        break;
      case 'dropout':
        maps.push(previous);
        break;
      case 'yolo':
      case 'region':
        heads.push(previous);
        maps.push(previous);
    }
  }
  return heads;
}

function convolve(layer: Extract<MadeLayer, { kind: 'convolutional' }>, own: ConvNumbers, map: ReferenceMap): ReferenceMap {
  const { filters, size = 1, stride = 1, pad = 0, padding = 0, groups = 1, batch_normalize = 0, activation = 'logistic' } = layer;
  const border = pad ? Math.floor(size / 2) : padding;
  const height = Math.floor((map.height + 2 * border - size) / stride) + 1;
  const width = Math.floor((map.width + 2 * border - size) / stride) + 1;
  const inGroup = map.channels / groups;
  const perGroup = filters / groups;
  return fillMap(filters, height, width, (f, y, x) => {
    let sum = 0;
    const firstChannel = Math.floor(f / perGroup) * inGroup;
    for (let c = 0; c < inGroup; c++) {
      for (let dy = 0; dy < size; dy++) {
        for (let dx = 0; dx < size; dx++) {
          const value = cell(map, firstChannel + c, y * stride - border + dy, x * stride - border + dx);
          if (!Number.isNaN(value)) sum += value * (own.filters[((f * inGroup + c) * size + dy) * size + dx] ?? NaN);
        }
      }
    }
    if (batch_normalize) sum = ((sum - own.means[f]!) / Math.sqrt(own.variances[f]! + 0.00001)) * own.scales[f]!;
    return activated(sum + own.biases[f]!, activation);
  });
}

function maxpool(layer: Extract<MadeLayer, { kind: 'maxpool' }>, map: ReferenceMap): ReferenceMap {
  const { stride = 1, size = stride, padding = size - 1 } = layer;
  const height = Math.floor((map.height + padding - size) / stride) + 1;
  const width = Math.floor((map.width + padding - size) / stride) + 1;
  const offset = Math.floor(padding / 2);
  return fillMap(map.channels, height, width, (c, y, x) => {
    let best = -Infinity;
    for (let dy = 0; dy < size; dy++) {
      for (let dx = 0; dx < size; dx++) {
        const value = cell(map, c, y * stride - offset + dy, x * stride - offset + dx);
        if (value > best) best = value;
      }
    }
    return best;
  });
}

/** The loops of darknet, word for word: it takes the map for one of fewer and larger channels. */
function reorganised({ channels, height, width, data }: ReferenceMap, stride: number): ReferenceMap {
  const cut = new Float64Array(data.length);
  const outChannels = channels / stride ** 2;
  for (let k = 0; k < channels; k++) {
    for (let j = 0; j < height; j++) {
      for (let i = 0; i < width; i++) {
        const offset = Math.floor(k / outChannels);
        const x = i * stride + (offset % stride);
        const y = j * stride + Math.floor(offset / stride);
        cut[i + width * (j + height * k)] = data[x + width * stride * (y + height * stride * (k % outChannels))]!;
      }
    }
  }
  return { channels: channels * stride ** 2, height: height / stride, width: width / stride, data: cut };
}

function activated(x: number, name: string): number {
  const logistic = (t: number): number => 1 / (1 + Math.exp(-t));
  switch (name) {
    case 'linear':
      return x;
    case 'leaky':
      return x > 0 ? x : 0.1 * x;
    case 'relu':
      return Math.max(0, x);
    case 'relu6':
      return Math.min(6, Math.max(0, x));
    case 'logistic':
      return logistic(x);
    case 'swish':
      return x * logistic(x);
    case 'mish':
      return x * Math.tanh(Math.log1p(Math.exp(x)));
    default:
      throw new Error(`the reference knows no activation ${name}`);
  }
}
