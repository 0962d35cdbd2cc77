/** A message of protocol buffers as its fields, each with its number: a number, a text, bytes, or a nested message. */
type Message = readonly (readonly [field: number, value: number | string | Uint8Array | Message])[];

export interface MadeOnnx {
  /** [1, 3, H, W]; null is a free side. */
  readonly input: readonly (number | null)[];
  /** [1, 6, rows, columns] */
  readonly output: readonly (number | null)[];
  /** Added to each of the six output channels. */
  readonly bias: readonly number[];
  /** Weights of the 8x8 convolution with stride 8: [6][3][8][8]. */
  readonly weights: Float32Array;
  readonly metadata?: Readonly<Record<string, string>>;
  /** Operation of the one node. */
  readonly operation?: string;
  /** Kind of number of the input, turned to float32 by a Cast in front of the convolution. Ref: TensorProto.DataType; 1 is float32. */
  readonly inputType?: number;
  /** Kind of number of the output, made by a Cast behind the convolution. */
  readonly outputType?: number;
  /** States that the weights are in another file. */
  readonly externalWeights?: boolean;
}

/** An ONNX file of one convolution, from three planes to a grid of six channels. Ref: github.com/onnx/onnx, onnx.proto. */
export function madeOnnx({ input, output, bias, weights, metadata = {}, operation = 'Conv', inputType = 1, outputType = 1, externalWeights = false }: MadeOnnx): Uint8Array<ArrayBuffer> {
  const attribute = (name: string, values: readonly number[]): Message => [[1, name], ...values.map((value) => [8, value] as const), [20, 7]];
  const conv: Message = [
    [1, inputType === 1 ? 'image' : 'pixels'],
    [1, 'w'],
    [1, 'b'],
    [2, outputType === 1 ? 'grid' : 'sums'],
    [4, operation],
    [5, attribute('kernel_shape', [8, 8])],
    [5, attribute('strides', [8, 8])],
  ];
  const tensor = (name: string, dims: readonly number[], data: Float32Array): Message => [
    ...dims.map((side) => [1, side] as const),
    [2, 1],
    [8, name],
    ...(externalWeights ? ([[14, 1]] as const) : ([[9, new Uint8Array(data.buffer.slice(0))]] as const)),
  ];
  const cast = (from: string, to: string, type: number): Message => [[1, from], [2, to], [4, 'Cast'], [5, [[1, 'to'], [3, type], [20, 2]]]];
  const graph: Message = [
    ...(inputType === 1 ? [] : ([[1, cast('image', 'pixels', 1)]] as const)),
    [1, conv],
    ...(outputType === 1 ? [] : ([[1, cast('sums', 'grid', outputType)]] as const)),
    [2, 'made'],
    [5, tensor('w', [6, 3, 8, 8], weights)],
    [5, tensor('b', [6], Float32Array.from(bias))],
    [11, valueInfo('image', input, inputType)],
    [12, valueInfo('grid', output, outputType)],
  ];
  const model: Message = [
    [1, 8],
    [8, [[1, ''], [2, 13]]],
    [7, graph],
    ...Object.entries(metadata).map(([key, value]) => [14, [[1, key], [2, value]]] as const),
  ];
  return Uint8Array.from(encoded(model));
}

function valueInfo(name: string, shape: readonly (number | null)[], type: number): Message {
  const dims = shape.map((side, i): Message[number] => [1, [side === null ? [2, `side${i}`] : [1, side]]]);
  return [
    [1, name],
    [2, [[1, [[1, type], [2, dims]]]]],
  ];
}

function encoded(message: Message): number[] {
  return message.flatMap(([field, value]) => {
    if (typeof value === 'number') return [...varint(field * 8), ...varint(value)];
    const bytes = typeof value === 'string' ? [...new TextEncoder().encode(value)] : value instanceof Uint8Array ? [...value] : encoded(value);
    return [...varint(field * 8 + 2), ...varint(bytes.length), ...bytes];
  });
}

function varint(value: number): number[] {
  return value < 0x80 ? [value] : [(value % 0x80) + 0x80, ...varint(Math.floor(value / 0x80))];
}
