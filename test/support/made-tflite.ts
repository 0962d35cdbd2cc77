/** A field of a flatbuffer table: a number of 1 or 4 bytes, or something that stands elsewhere. */
type FlatField = { readonly int8: number } | { readonly int32: number } | { readonly ref: FlatObject } | null;
type FlatObject =
  | { readonly table: readonly FlatField[] }
  | { readonly text: string }
  | { readonly ints: readonly number[] }
  | { readonly floats: readonly number[] }
  | { readonly longs: readonly number[] }
  | { readonly bytes: Uint8Array }
  | { readonly tables: readonly FlatObject[] };

/** A stored number q stands for scale * (q - zeroPoint). */
export interface MadeQuantisation {
  readonly scale: number;
  readonly zeroPoint: number;
}

export interface MadeTflite {
  readonly shape: readonly number[];
  /** Ref: schema.fbs, TensorType; 0 is float32. */
  readonly type?: number;
  /** Ref: schema.fbs, BuiltinOperator; 14 is LOGISTIC. */
  readonly operation?: number;
  readonly inputQuantisation?: MadeQuantisation;
  readonly outputQuantisation?: MadeQuantisation;
}

/** A .tflite file of one operation without weights, from `image` to `scores`, both of one shape. */
export function madeTflite({ shape, type = 0, operation = 14, inputQuantisation, outputQuantisation }: MadeTflite): Uint8Array<ArrayBuffer> {
  const tensors = [tensorOf('image', shape, 0, type, inputQuantisation), tensorOf('scores', shape, 0, type, outputQuantisation)];
  return modelOf(tensors, { table: [{ int32: 0 }, { ref: { ints: [0] } }, { ref: { ints: [1] } }] }, operation, []);
}

/**
 * A .tflite file of one 8x8 convolution with stride 8, from `image` [1, side, side, 3] to `grid` [1, side/8, side/8, 6].
 *
 * @param weights [6, 8, 8, 3]
 */
export function madeTfliteGrid(side: number, weights: Float32Array, bias: readonly number[]): Uint8Array<ArrayBuffer> {
  const tensors = [
    tensorOf('image', [1, side, side, 3], 0),
    tensorOf('w', [6, 8, 8, 3], 1),
    tensorOf('b', [6], 2),
    tensorOf('grid', [1, side / 8, side / 8, 6], 0),
  ];
  // Conv2DOptions: padding VALID, both strides. Operator: 3 the kind of options, 4 the options.
  const options: FlatObject = { table: [{ int8: 1 }, { int32: 8 }, { int32: 8 }] };
  const conv: FlatObject = { table: [{ int32: 0 }, { ref: { ints: [0, 1, 2] } }, { ref: { ints: [3] } }, { int8: 1 }, { ref: options }] };
  const data = [weights, Float32Array.from(bias)].map((numbers) => new Uint8Array(numbers.buffer.slice(0)));
  return modelOf(tensors, conv, 3, data);
}

function tensorOf(name: string, shape: readonly number[], buffer: number, type = 0, quantisation?: MadeQuantisation): FlatObject {
  // QuantizationParameters: 0 min, 1 max, 2 scale, 3 zero_point.
  const quantised: FlatField = quantisation ? { ref: { table: [null, null, { ref: { floats: [quantisation.scale] } }, { ref: { longs: [quantisation.zeroPoint] } }] } } : null;
  return { table: [{ ref: { ints: shape } }, { int8: type }, { int32: buffer }, { ref: { text: name } }, quantised] };
}

/** The first tensor is the input, the last one the output. */
function modelOf(tensors: readonly FlatObject[], operator: FlatObject, operation: number, data: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const graph: FlatObject = {
    table: [{ ref: { tables: tensors } }, { ref: { ints: [0] } }, { ref: { ints: [tensors.length - 1] } }, { ref: { tables: [operator] } }, { ref: { text: 'main' } }],
  };
  const code: FlatObject = { table: [{ int8: operation }, null, { int32: 1 }, { int32: operation }] };
  const buffers: FlatObject = { tables: [{ table: [] }, ...data.map((bytes): FlatObject => ({ table: [{ ref: { bytes } }] }))] };
  const model: FlatObject = { table: [{ int32: 3 }, { ref: { tables: [code] } }, { ref: { tables: [graph] } }, { ref: { text: 'made' } }, { ref: buffers }] };
  return new FlatWriter().file(model, 'TFL3');
}

/** Writes objects one behind the other, each before what it refers to: offsets point forward, as flatbuffers want them. */
class FlatWriter {
  readonly #bytes: number[] = [];

  file(root: FlatObject, identifier: string): Uint8Array<ArrayBuffer> {
    this.#int32(0);
    this.#bytes.push(...new TextEncoder().encode(identifier));
    this.#set(0, this.#write(root));
    return Uint8Array.from(this.#bytes);
  }

  #write(object: FlatObject): number {
    if ('bytes' in object) {
      // The length stands before the numbers, which begin at a multiple of 16.
      while (this.#bytes.length % 16 !== 12) this.#bytes.push(0);
      const at = this.#bytes.length;
      this.#int32(object.bytes.length);
      for (const byte of object.bytes) this.#bytes.push(byte);
      return at;
    }
    this.#align(4);
    if ('text' in object) {
      const at = this.#bytes.length;
      const text = new TextEncoder().encode(object.text);
      this.#int32(text.length);
      this.#bytes.push(...text, 0);
      return at;
    }
    if ('ints' in object) {
      const at = this.#bytes.length;
      this.#int32(object.ints.length);
      for (const value of object.ints) this.#int32(value);
      return at;
    }
    if ('floats' in object) {
      const at = this.#int32(object.floats.length);
      for (const byte of new Uint8Array(Float32Array.from(object.floats).buffer)) this.#bytes.push(byte);
      return at;
    }
    if ('longs' in object) {
      // The numbers begin at a multiple of 8.
      while (this.#bytes.length % 8 !== 4) this.#bytes.push(0);
      const at = this.#int32(object.longs.length);
      for (const byte of new Uint8Array(BigInt64Array.from(object.longs, BigInt).buffer)) this.#bytes.push(byte);
      return at;
    }
    return 'tables' in object ? this.#tables(object.tables) : this.#table(object.table);
  }

  #tables(tables: readonly FlatObject[]): number {
    const at = this.#bytes.length;
    this.#int32(tables.length);
    const slots = tables.map(() => this.#int32(0));
    for (const [i, table] of tables.entries()) this.#refer(slots[i]!, table);
    return at;
  }

  #table(fields: readonly FlatField[]): number {
    const vtable = this.#bytes.length;
    this.#int16(4 + fields.length * 2);
    this.#int16(4 + fields.length * 4);
    for (const [i, field] of fields.entries()) this.#int16(field === null ? 0 : 4 + i * 4);
    this.#align(4);
    const at = this.#int32(0);
    this.#set(at, at - vtable);
    const slots = fields.map((field) => this.#int32(field === null || 'ref' in field ? 0 : 'int8' in field ? field.int8 : field.int32));
    for (const [i, field] of fields.entries()) if (field !== null && 'ref' in field) this.#refer(slots[i]!, field.ref);
    return at;
  }

  #refer(slot: number, object: FlatObject): void {
    this.#set(slot, this.#write(object) - slot);
  }

  #set(at: number, value: number): void {
    for (let i = 0; i < 4; i++) this.#bytes[at + i] = (value >> (8 * i)) & 255;
  }

  #int16(value: number): void {
    this.#bytes.push(value & 255, (value >> 8) & 255);
  }

  #int32(value: number): number {
    this.#bytes.push(0, 0, 0, 0);
    this.#set(this.#bytes.length - 4, value);
    return this.#bytes.length - 4;
  }

  #align(to: number): void {
    while (this.#bytes.length % to !== 0) this.#bytes.push(0);
  }
}
