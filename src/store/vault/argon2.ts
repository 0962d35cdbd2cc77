import { argon2id } from 'hash-wasm';
import { err, messageOf, ok } from '../../base/index.ts';
import type { DeriveKey } from './kdf.ts';

/** Argon2id on this thread, which it blocks until it is done. */
export const deriveByArgon2: DeriveKey = async (passphrase, salt, { passes, memoryKib, lanes }) => {
  try {
    const key = await argon2id({ password: passphrase, salt, iterations: passes, memorySize: memoryKib, parallelism: lanes, hashLength: 32, outputType: 'binary' });
    return ok(new Uint8Array(key));
  } catch (thrown) {
    return err('kdf-failed', messageOf(thrown));
  }
};
