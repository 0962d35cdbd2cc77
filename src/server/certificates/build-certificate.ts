import type { KeyObject } from 'node:crypto';
import { createPublicKey, generateKeyPairSync, randomBytes, sign, X509Certificate } from 'node:crypto';
import { bitString, contextOf, oid, sequence, set, time, unsignedInteger, utf8String } from './der.ts';
import type { NameScope } from './extensions.ts';
import { authorityExtensions, serverExtensions } from './extensions.ts';

/** A certificate and the private key that belongs to it (EC P-256). */
export interface Issued {
  readonly certificate: X509Certificate;
  readonly key: KeyObject;
}

export interface Validity {
  readonly notBefore: Date;
  readonly notAfter: Date;
}

export interface CertificateRequest {
  /** Common name, for people who read the certificate. */
  readonly commonName: string;
  readonly validity: Validity;
  readonly scope: NameScope;
}

const ecdsaWithSha256 = sequence(oid('1.2.840.10045.4.3.2'));

/**
 * A new authority with a new key, signed by itself.
 *
 * Written out here and not with a library: the libraries for this bring ten packages and ask for a global polyfill of
 * `Reflect`, while a certificate is a short, fixed list of fields. The tests read it back with OpenSSL (node:crypto).
 */
export function buildAuthority(request: CertificateRequest): Issued {
  const key = newKey();
  const own = spkiOf(key);
  const name = distinguishedName(request.commonName);
  const extensions = authorityExtensions(own, request.scope);
  return { certificate: signed({ subject: name, issuer: name, publicKeySpki: own, extensions, validity: request.validity }, key), key };
}

/** A server's certificate with a new key, signed by `authority`. */
export function buildServerCertificate(request: CertificateRequest, authority: Issued): Issued {
  const key = newKey();
  const own = spkiOf(key);
  const issuer = distinguishedName(commonNameOf(authority.certificate));
  const extensions = serverExtensions(own, spkiOf(authority.key), request.scope);
  const fields = { subject: distinguishedName(request.commonName), issuer, publicKeySpki: own, extensions, validity: request.validity };
  return { certificate: signed(fields, authority.key), key };
}

interface Fields {
  readonly subject: Buffer;
  readonly issuer: Buffer;
  readonly publicKeySpki: Buffer;
  readonly extensions: readonly Buffer[];
  readonly validity: Validity;
}

/** Ref: RFC 5280, 4.1 */
function signed({ subject, issuer, publicKeySpki, extensions, validity }: Fields, key: KeyObject): X509Certificate {
  const version3 = contextOf(0, unsignedInteger(2));
  const dates = sequence(time(validity.notBefore), time(validity.notAfter));
  const toSign = sequence(
    version3,
    unsignedInteger(randomBytes(16)),
    ecdsaWithSha256,
    issuer,
    dates,
    subject,
    publicKeySpki,
    contextOf(3, sequence(...extensions)),
  );
  const signature = sign('sha256', toSign, { key, dsaEncoding: 'der' });
  return new X509Certificate(sequence(toSign, ecdsaWithSha256, bitString(signature)));
}

function distinguishedName(commonName: string): Buffer {
  return sequence(set(sequence(oid('2.5.4.3'), utf8String(commonName))));
}

function commonNameOf(certificate: X509Certificate): string {
  return /^CN=(.*)$/m.exec(certificate.subject)?.[1] ?? '';
}

function newKey(): KeyObject {
  return generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
}

function spkiOf(privateKey: KeyObject): Buffer {
  return createPublicKey(privateKey).export({ type: 'spki', format: 'der' });
}
