/**
 * The few DER encodings that a certificate needs.
 * Ref: ITU-T X.690 (DER), RFC 5280 (what goes where)
 */
type Der = Buffer;

const universal = { boolean: 0x01, integer: 0x02, bitString: 0x03, octetString: 0x04, oid: 0x06, utf8String: 0x0c, utcTime: 0x17, generalizedTime: 0x18, sequence: 0x30, set: 0x31 } as const;

/** Tag, length, content. Lengths under 2^32 bytes. */
function tagged(tag: number, content: Uint8Array): Der {
  return Buffer.concat([Buffer.from([tag]), length(content.byteLength), content]);
}

function length(bytes: number): Buffer {
  if (bytes < 0x80) return Buffer.from([bytes]);
  const digits = base256(bytes);
  return Buffer.from([0x80 | digits.length, ...digits]);
}

function base256(value: number): number[] {
  return value < 256 ? [value] : [...base256(Math.floor(value / 256)), value % 256];
}

export function sequence(...items: readonly Uint8Array[]): Der {
  return tagged(universal.sequence, Buffer.concat(items));
}

export function set(...items: readonly Uint8Array[]): Der {
  return tagged(universal.set, Buffer.concat(items));
}

/** A whole number of 0 or more: from its big-endian bytes, or a small one directly. */
export function unsignedInteger(value: number | Uint8Array): Der {
  const bytes = typeof value === 'number' ? base256(value) : [...value];
  const start = bytes.findIndex((byte) => byte !== 0);
  const digits = start < 0 ? [0] : bytes.slice(start);
  const first = digits[0] ?? 0;
  return tagged(universal.integer, Buffer.from(first >= 0x80 ? [0, ...digits] : digits));
}

export function boolean(value: boolean): Der {
  return tagged(universal.boolean, Buffer.from([value ? 0xff : 0x00]));
}

/** A dotted object identifier such as `2.5.29.17`. */
export function oid(dotted: string): Der {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  return tagged(universal.oid, Buffer.from([first * 40 + second, ...rest].flatMap(base128)));
}

function base128(arc: number): number[] {
  const last = arc % 128;
  const higher = Math.floor(arc / 128);
  return higher === 0 ? [last] : [...base128(higher).map((digit) => digit | 0x80), last];
}

export function utf8String(text: string): Der {
  return tagged(universal.utf8String, Buffer.from(text, 'utf8'));
}

export function octetString(content: Uint8Array): Der {
  return tagged(universal.octetString, content);
}

/** Whole bytes as a bit string. */
export function bitString(content: Uint8Array): Der {
  return tagged(universal.bitString, Buffer.concat([Buffer.from([0]), content]));
}

/** Named bits, numbered from 0 as the standards do, without trailing zeros as DER asks. At most 8 of them. */
export function namedBits(...bits: readonly number[]): Der {
  const unused = 7 - Math.max(...bits);
  return tagged(universal.bitString, Buffer.from([unused, bits.reduce((byte, bit) => byte | (0x80 >> bit), 0)]));
}

/** A moment to the second: two-digit years until 2049, four digits from then on. Ref: RFC 5280, 4.1.2.5 */
export function time(moment: Date): Der {
  const digits = `${moment.toISOString().slice(0, 19).replace(/[-:T]/g, '')}Z`;
  return moment.getUTCFullYear() < 2050
    ? tagged(universal.utcTime, Buffer.from(digits.slice(2), 'ascii'))
    : tagged(universal.generalizedTime, Buffer.from(digits, 'ascii'));
}

/** A context tag around whole items (`[n] EXPLICIT`, or an implicit sequence). */
export function contextOf(tag: number, ...items: readonly Uint8Array[]): Der {
  return tagged(0xa0 | tag, Buffer.concat(items));
}

/** A context tag in place of a primitive's own (`[n] IMPLICIT`). */
export function contextPrimitive(tag: number, content: Uint8Array): Der {
  return tagged(0x80 | tag, content);
}
