import { createPrivateKey, X509Certificate } from 'node:crypto';
import { join } from 'node:path';
import type { Failure, Result } from '../../base/index.ts';
import { err, messageOf, ok } from '../../base/index.ts';
import type { Issued } from './build-certificate.ts';
import { readPrivateFile, writePrivateFile } from './private-file.ts';

/**
 * The certificate and key kept as `<name>.crt` and `<name>.key` (PEM) in a folder; null when neither is there.
 * Fails with `certificate-store-broken` when one is missing, unreadable, or they do not belong together.
 */
export async function readIssued(folder: string, name: string): Promise<Result<Issued | null, Failure<'certificate-store-broken'>>> {
  const [certificatePath, keyPath] = paths(folder, name);
  try {
    const [certificatePem, keyPem] = await Promise.all([readPrivateFile(certificatePath), readPrivateFile(keyPath)]);
    if (certificatePem === null && keyPem === null) return ok(null);
    if (certificatePem === null || keyPem === null) return err('certificate-store-broken', `${certificatePem === null ? certificatePath : keyPath} is missing`);
    const certificate = new X509Certificate(certificatePem);
    const key = createPrivateKey(keyPem);
    return certificate.checkPrivateKey(key)
      ? ok({ certificate, key })
      : err('certificate-store-broken', `${keyPath} does not belong to ${certificatePath}`);
  } catch (thrown) {
    return err('certificate-store-broken', `${certificatePath} and its key cannot be read: ${messageOf(thrown)}`);
  }
}

/** Keeps a certificate and its key, replacing an earlier pair of that name. */
export async function writeIssued(folder: string, name: string, { certificate, key }: Issued): Promise<void> {
  const [certificatePath, keyPath] = paths(folder, name);
  await writePrivateFile(keyPath, key.export({ type: 'pkcs8', format: 'pem' }).toString());
  await writePrivateFile(certificatePath, certificate.toString());
}

function paths(folder: string, name: string): [certificate: string, key: string] {
  return [join(folder, `${name}.crt`), join(folder, `${name}.key`)];
}
