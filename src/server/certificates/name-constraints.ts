import { Extension, GeneralNames } from './x509.ts';

/** What a certificate is good for. Names are DNS names or addresses. */
export interface NameScope {
  readonly dnsNames: readonly string[];
  /** Addresses for a server's certificate, ranges (`10.0.0.0/8`) for an authority's. */
  readonly addresses: readonly string[];
}

/** Ref: ITU-T X.690: SEQUENCE, and a constructed [0] */
const sequenceTag = 0x30;
const permittedTag = 0xa0;

/**
 * One entry of an authority's permitted names (DER): `local` permits every name under it.
 * Without its optional distances a GeneralSubtree is a sequence of one name, which is how a list of one name is written.
 */
export function permittedDnsName(name: string): Buffer {
  return Buffer.from(new GeneralNames([{ type: 'dns', value: name }]).rawData);
}

/** The same for a range of addresses. */
export function permittedRange(range: string): Buffer {
  return Buffer.from(new GeneralNames([{ type: 'ip', value: range }]).rawData);
}

/**
 * The extension that permits the names and ranges of `scope` and nothing else of their kinds. The library has no
 * such extension, only the names in it: the two headers around them are written here.
 * Ref: RFC 5280, 4.2.1.10
 */
export function nameConstraints({ dnsNames, addresses }: NameScope): Extension {
  const permitted = Buffer.concat([...dnsNames.map(permittedDnsName), ...addresses.map(permittedRange)]);
  return new Extension('2.5.29.30', true, tagged(sequenceTag, tagged(permittedTag, permitted)));
}

/** DER's tag, length, content. Ref: ITU-T X.690, 8.1.3 */
function tagged(tag: number, content: Buffer<ArrayBuffer>): Buffer<ArrayBuffer> {
  const { length } = content;
  if (length > 0xffff) throw new RangeError(`${length} bytes of permitted names are too many`);
  const lengthBytes = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...lengthBytes]), content]);
}
