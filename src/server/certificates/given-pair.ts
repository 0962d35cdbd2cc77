import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Failure, Result } from '../../base/index.ts';
import { err, messageOf, ok } from '../../base/index.ts';
import type { TlsPair } from '../listen.ts';

export type GivenPairFailure = Failure<
  | 'certificate-unreadable'
  | 'key-unreadable'
  | 'certificate-invalid'
  | 'key-invalid'
  | 'key-of-another-certificate'
  | 'certificate-expired'
  | 'certificate-not-yet-valid'
>;

/** Reads the certificate (PEM, with its chain behind it) and the key (PEM, without passphrase) that a person brought. */
export async function givenPair(certificatePath: string, keyPath: string, now: Date): Promise<Result<TlsPair, GivenPairFailure>> {
  const certificateText = await attempt(() => readFile(certificatePath, 'utf8'));
  if (!certificateText.ok) return err('certificate-unreadable', `${certificatePath}: ${certificateText.failure.detail}`);
  const keyText = await attempt(() => readFile(keyPath, 'utf8'));
  if (!keyText.ok) return err('key-unreadable', `${keyPath}: ${keyText.failure.detail}`);
  const certificate = await attempt(() => new X509Certificate(certificateText.value));
  if (!certificate.ok) return err('certificate-invalid', `${certificatePath}: ${certificate.failure.detail}`);
  const key = await attempt(() => createPrivateKey(keyText.value));
  if (!key.ok) return err('key-invalid', `${keyPath}: ${key.failure.detail}`);
  const { value } = certificate;
  if (!value.checkPrivateKey(key.value)) return err('key-of-another-certificate', `${keyPath} is not the key of ${certificatePath}`);
  if (now.getTime() > Date.parse(value.validTo)) return err('certificate-expired', `${certificatePath} was valid until ${value.validTo}`);
  if (now.getTime() < Date.parse(value.validFrom)) return err('certificate-not-yet-valid', `${certificatePath} is valid from ${value.validFrom}`);
  return ok({ certificatePem: certificateText.value, keyPem: keyText.value });
}

async function attempt<T>(work: () => T | Promise<T>): Promise<Result<T, Failure<'threw'>>> {
  try {
    return ok(await work());
  } catch (thrown) {
    return err('threw', messageOf(thrown));
  }
}
