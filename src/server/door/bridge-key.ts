import { createPrivateKey, createPublicKey, generateKeyPairSync, webcrypto } from 'node:crypto';
import { join } from 'node:path';
import type { Failure, Result } from '../../base/index.ts';
import { err, messageOf, ok } from '../../base/index.ts';
import type { SigningKeys } from '../../doorlink/index.ts';
import { toBase64Url } from '../../doorlink/index.ts';
import { readPrivateFile } from '../certificates/private-file.ts';
import { writeDurably } from './durable-file.ts';

/** The bridge's own key pair, made once and kept: kiosks know the bridge by it. */
export async function bridgeKeys(folder: string): Promise<Result<SigningKeys, Failure<'door-store-broken' | 'door-store-unwritable'>>> {
  const path = join(folder, 'bridge.key');
  let pem: string | null;
  try {
    pem = await readPrivateFile(path);
  } catch (thrown) {
    return err('door-store-broken', `${path}: ${messageOf(thrown)}`);
  }
  if (pem === null) {
    pem = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    try {
      await writeDurably(path, pem);
    } catch (thrown) {
      return err('door-store-unwritable', `${path}: ${messageOf(thrown)}`);
    }
  }
  try {
    return ok(await signingKeysOf(pem));
  } catch (thrown) {
    return err('door-store-broken', `${path}: ${messageOf(thrown)}`);
  }
}

async function signingKeysOf(pem: string): Promise<SigningKeys> {
  const key = createPrivateKey(pem);
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256' };
  const privateKey = await webcrypto.subtle.importKey('pkcs8', key.export({ type: 'pkcs8', format: 'der' }), algorithm, false, ['sign']);
  const { x, y } = createPublicKey(key).export({ format: 'jwk' });
  const point = Buffer.concat([Buffer.from([4]), Buffer.from(x ?? '', 'base64url'), Buffer.from(y ?? '', 'base64url')]);
  return { privateKey, publicKey: toBase64Url(point) };
}
