/** One field of a message: a whole number, or bytes (a text, a nested message, packed numbers). */
export interface Field {
  readonly number: number;
  readonly value: number;
  readonly bytes: Uint8Array;
}

const noBytes = new Uint8Array(0);

/**
 * Walks through the fields of a protocol-buffer message without copying anything. A whole number beyond 2^53 comes out
 * rounded; one that is negative comes out as such.
 * Ref: protobuf.dev, "Encoding".
 *
 * @throws RangeError when a field does not lie within the message
 */
export function* fieldsOf(message: Uint8Array): Generator<Field> {
  const reader = { message, at: 0 };
  while (reader.at < message.byteLength) {
    const tag = varint(reader);
    const number = Math.floor(tag / 8);
    switch (tag % 8) {
      case 0:
        yield { number, value: varint(reader), bytes: noBytes };
        break;
      case 1:
        yield { number, value: NaN, bytes: take(reader, 8) };
        break;
      case 2:
        yield { number, value: NaN, bytes: take(reader, varint(reader)) };
        break;
      case 5:
        yield { number, value: NaN, bytes: take(reader, 4) };
        break;
      default:
        throw new RangeError(`wire type ${tag % 8} at byte ${reader.at}`);
    }
  }
}

/** The whole numbers of a repeated field, which may come one by one or packed. */
export function wholeNumbers({ value, bytes }: Field): readonly number[] {
  if (bytes.byteLength === 0) return Number.isNaN(value) ? [] : [value];
  const reader = { message: bytes, at: 0 };
  const numbers: number[] = [];
  while (reader.at < bytes.byteLength) numbers.push(varint(reader));
  return numbers;
}

interface Reader {
  readonly message: Uint8Array;
  at: number;
}

function varint(reader: Reader): number {
  let value = 0;
  for (let shift = 0; shift < 70; shift += 7) {
    const byte = reader.message[reader.at++];
    if (byte === undefined) throw new RangeError(`the message ends inside a number at byte ${reader.at}`);
    value += (byte & 0x7f) * 2 ** shift;
    if (byte < 0x80) return value >= 2 ** 63 ? value - 2 ** 64 : value;
  }
  throw new RangeError(`a number of more than ten bytes before byte ${reader.at}`);
}

function take(reader: Reader, length: number): Uint8Array {
  if (length < 0 || length > reader.message.byteLength - reader.at) throw new RangeError(`a field of ${length} bytes at byte ${reader.at}`);
  const bytes = reader.message.subarray(reader.at, reader.at + length);
  reader.at += length;
  return bytes;
}
