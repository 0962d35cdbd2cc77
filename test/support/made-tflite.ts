/** A field of a flatbuffer table: a number of 1 or 4 bytes, or something that stands elsewhere. */
type FlatField = { readonly int8: number } | { readonly int32: number } | { readonly ref: FlatObject } | null;
type FlatObject = { readonly table: readonly FlatField[] } | { readonly text: string } | { readonly ints: readonly number[] } | { readonly tables: readonly FlatObject[] };

export interface MadeTflite {
  readonly shape: readonly number[];
  /** Ref: schema.fbs, TensorType; 0 is float32. */
  readonly type?: number;
  /** Ref: schema.fbs, BuiltinOperator; 14 is LOGISTIC. */
  readonly operation?: number;
}

/** A .tflite file of one operation without weights, from `image` to `scores`, both of one shape. */
export function madeTflite({ shape, type = 0, operation = 14 }: MadeTflite): Uint8Array<ArrayBuffer> {
  const tensor = (name: string): FlatObject => ({ table: [{ ref: { ints: shape } }, { int8: type }, { int32: 0 }, { ref: { text: name } }] });
  const operator: FlatObject = { table: [{ int32: 0 }, { ref: { ints: [0] } }, { ref: { ints: [1] } }] };
  const graph: FlatObject = {
    table: [{ ref: { tables: [tensor('image'), tensor('scores')] } }, { ref: { ints: [0] } }, { ref: { ints: [1] } }, { ref: { tables: [operator] } }, { ref: { text: 'main' } }],
  };
  const code: FlatObject = { table: [{ int8: operation }, null, { int32: 1 }, { int32: operation }] };
  const buffers: FlatObject = { tables: [{ table: [] }] };
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
