/**
 * A table of a flatbuffer: fields by their number in the schema, each read only if it lies within the buffer.
 * Ref: flatbuffers.dev, "FlatBuffers Internals". Every reader throws RangeError outside of the buffer.
 */
export class FlatTable {
  readonly #data: DataView;
  readonly #at: number;

  private constructor(data: DataView, at: number) {
    this.#data = data;
    this.#at = at;
  }

  static root(bytes: Uint8Array): FlatTable {
    const data = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    return new FlatTable(data, data.getUint32(0, true));
  }

  byte(field: number, fallback: number): number {
    const at = this.#fieldAt(field);
    return at === null ? fallback : this.#data.getInt8(at);
  }

  int(field: number, fallback: number): number {
    const at = this.#fieldAt(field);
    return at === null ? fallback : this.#data.getInt32(at, true);
  }

  text(field: number): string {
    const at = this.#fieldAt(field);
    if (at === null) return '';
    return new TextDecoder().decode(this.#bytesAt(this.#target(at)));
  }

  /** Length of a vector; 0 where there is none. */
  length(field: number): number {
    const at = this.#fieldAt(field);
    return at === null ? 0 : this.#data.getUint32(this.#target(at), true);
  }

  ints(field: number, mostItems: number): readonly number[] {
    const [from, count] = this.#vector(field, mostItems, 4);
    return Array.from({ length: count }, (_, i) => this.#data.getInt32(from + i * 4, true));
  }

  floats(field: number, mostItems: number): readonly number[] {
    const [from, count] = this.#vector(field, mostItems, 4);
    return Array.from({ length: count }, (_, i) => this.#data.getFloat32(from + i * 4, true));
  }

  /** A list of 64-bit numbers; one beyond 2^53 comes out rounded. */
  longs(field: number, mostItems: number): readonly number[] {
    const [from, count] = this.#vector(field, mostItems, 8);
    return Array.from({ length: count }, (_, i) => Number(this.#data.getBigInt64(from + i * 8, true)));
  }

  /** A table that a field leads to; null where there is none. */
  table(field: number): FlatTable | null {
    const at = this.#fieldAt(field);
    return at === null ? null : new FlatTable(this.#data, this.#target(at));
  }

  tables(field: number, mostItems: number): readonly FlatTable[] {
    const [from, count] = this.#vector(field, mostItems, 4);
    return Array.from({ length: count }, (_, i) => new FlatTable(this.#data, this.#target(from + i * 4)));
  }

  #vector(field: number, mostItems: number, itemBytes: number): readonly [from: number, count: number] {
    const at = this.#fieldAt(field);
    if (at === null) return [0, 0];
    const from = this.#target(at);
    const count = this.#data.getUint32(from, true);
    if (count > mostItems || from + 4 + count * itemBytes > this.#data.byteLength) throw new RangeError(`a list of ${count} items at byte ${from}`);
    return [from + 4, count];
  }

  #bytesAt(from: number): Uint8Array {
    const length = this.#data.getUint32(from, true);
    if (from + 4 + length > this.#data.byteLength) throw new RangeError(`a text of ${length} bytes at byte ${from}`);
    return new Uint8Array(this.#data.buffer, this.#data.byteOffset + from + 4, length);
  }

  #target(at: number): number {
    return at + this.#data.getUint32(at, true);
  }

  /** Where a field's value stands; null when the table leaves it out. */
  #fieldAt(field: number): number | null {
    const vtable = this.#at - this.#data.getInt32(this.#at, true);
    const slot = 4 + field * 2;
    if (slot + 2 > this.#data.getUint16(vtable, true)) return null;
    const offset = this.#data.getUint16(vtable + slot, true);
    return offset === 0 ? null : this.#at + offset;
  }
}
