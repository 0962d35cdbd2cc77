import { createHash } from 'node:crypto';
import { boolean, contextOf, contextPrimitive, namedBits, octetString, oid, sequence, unsignedInteger } from './der.ts';
import { ipBytes, rangeBytes } from './ip-bytes.ts';

/** What a certificate is good for. Names are DNS names or addresses. */
export interface NameScope {
  readonly dnsNames: readonly string[];
  /** Addresses for a server's certificate, ranges (`10.0.0.0/8`) for an authority's. */
  readonly addresses: readonly string[];
}

/** Tags of a GeneralName. Ref: RFC 5280, 4.2.1.6 */
const dnsTag = 2;
const addressTag = 7;

/** Bits of keyUsage. Ref: RFC 5280, 4.2.1.3 */
const digitalSignature = 0;
const keyCertSign = 5;
const crlSign = 6;

function extension(id: string, critical: boolean, value: Uint8Array): Buffer {
  return sequence(oid(id), ...(critical ? [boolean(true)] : []), octetString(value));
}

/** Ref: RFC 5280, 4.2.1.2, method 1. The point of an uncompressed P-256 key is the last 65 bytes of its SPKI. */
function keyIdentifier(publicKeySpki: Uint8Array): Buffer {
  return createHash('sha1').update(publicKeySpki.subarray(-65)).digest();
}

const dnsName = (name: string): Buffer => contextPrimitive(dnsTag, Buffer.from(name, 'ascii'));

/** One entry of an authority's permitted names: `local` permits every name under it. */
export function permittedDnsName(name: string): Buffer {
  return sequence(dnsName(name));
}

/** The same for a range of addresses. */
export function permittedRange(range: string): Buffer {
  return sequence(contextPrimitive(addressTag, rangeBytes(range)));
}

/** An authority that may sign servers' certificates for `scope` and nothing else. */
export function authorityExtensions(publicKeySpki: Uint8Array, scope: NameScope): Buffer[] {
  const ranges = scope.addresses.map(permittedRange);
  return [
    extension('2.5.29.19', true, sequence(boolean(true), unsignedInteger(0))),
    extension('2.5.29.15', true, namedBits(keyCertSign, crlSign)),
    extension('2.5.29.30', true, sequence(contextOf(0, ...scope.dnsNames.map(permittedDnsName), ...ranges))),
    extension('2.5.29.14', false, octetString(keyIdentifier(publicKeySpki))),
  ];
}

/** A server reached by the names and addresses of `scope`. */
export function serverExtensions(publicKeySpki: Uint8Array, authoritySpki: Uint8Array, scope: NameScope): Buffer[] {
  const addresses = scope.addresses.flatMap((address) => {
    const bytes = ipBytes(address);
    return bytes ? [contextPrimitive(addressTag, bytes)] : [];
  });
  return [
    extension('2.5.29.19', true, sequence()),
    extension('2.5.29.15', true, namedBits(digitalSignature)),
    extension('2.5.29.37', false, sequence(oid('1.3.6.1.5.5.7.3.1'))),
    extension('2.5.29.17', false, sequence(...scope.dnsNames.map(dnsName), ...addresses)),
    extension('2.5.29.14', false, octetString(keyIdentifier(publicKeySpki))),
    extension('2.5.29.35', false, sequence(contextPrimitive(0, keyIdentifier(authoritySpki)))),
  ];
}
