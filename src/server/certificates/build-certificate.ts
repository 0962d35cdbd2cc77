import { KeyObject, webcrypto, X509Certificate } from 'node:crypto';
import type { NameScope } from './name-constraints.ts';
import { nameConstraints } from './name-constraints.ts';
import * as x509 from './x509.ts';

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

const keyAlgorithm = { name: 'ECDSA', namedCurve: 'P-256' } as const;

/** A new authority with a new key, signed by itself, that may sign servers' certificates for `scope` and nothing else. */
export async function buildAuthority({ commonName, validity, scope }: CertificateRequest): Promise<Issued> {
  const keys = await newKeys();
  const made = await x509.X509CertificateGenerator.createSelfSigned({
    ...validity,
    name: distinguishedName(commonName),
    keys,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      nameConstraints(scope),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return issued(made, keys);
}

/** A certificate with a new key, signed by `authority`, for a server reached by the names and addresses of `scope`. */
export async function buildServerCertificate({ commonName, validity, scope }: CertificateRequest, authority: Issued): Promise<Issued> {
  const keys = await newKeys();
  const issuer = new x509.X509Certificate(authority.certificate.raw);
  const dnsNames = scope.dnsNames.map((value) => ({ type: 'dns' as const, value }));
  const addresses = scope.addresses.map((value) => ({ type: 'ip' as const, value }));
  const made = await x509.X509CertificateGenerator.create({
    ...validity,
    subject: distinguishedName(commonName),
    issuer: issuer.subjectName,
    publicKey: keys.publicKey,
    signingKey: await signingKeyOf(authority.key),
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.SubjectAlternativeNameExtension([...dnsNames, ...addresses]),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
      await x509.AuthorityKeyIdentifierExtension.create(issuer),
    ],
  });
  return issued(made, keys);
}

/** As node:crypto has them, which reads, writes and verifies them for the rest of the server. */
function issued(made: x509.X509Certificate, { privateKey }: webcrypto.CryptoKeyPair): Issued {
  return { certificate: new X509Certificate(Buffer.from(made.rawData)), key: KeyObject.from(privateKey) };
}

function distinguishedName(commonName: string): x509.Name {
  return new x509.Name([{ CN: [{ utf8String: commonName }] }]);
}

function newKeys(): Promise<webcrypto.CryptoKeyPair> {
  return webcrypto.subtle.generateKey(keyAlgorithm, true, ['sign', 'verify']);
}

function signingKeyOf(key: KeyObject): Promise<webcrypto.CryptoKey> {
  return webcrypto.subtle.importKey('pkcs8', key.export({ type: 'pkcs8', format: 'der' }), keyAlgorithm, false, ['sign']);
}
