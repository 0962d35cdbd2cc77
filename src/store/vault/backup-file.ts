import type { Result } from '../../base/index.ts';
import { err, messageOf } from '../../base/index.ts';
import type { BackupContents } from './backup-contents.ts';
import { decodeContents, encodeContents } from './backup-contents.ts';
import type { BackupHeader } from './backup-header.ts';
import { encodeHeader, headerBytes, maxBackupBytes, readHeader, saltBytes } from './backup-header.ts';
import type { Bytes, RandomBytes } from './bytes.ts';
import type { DeriveKey } from './kdf.ts';
import { backupCost, minPassphraseChars, passphraseBytes } from './kdf.ts';
import { ivBytes } from './sealed.ts';
import type { BackupFailure } from './vault-failure.ts';

/** Seals contents for a passphrase. The key is derived once, however often the contents change before they are kept. */
export type BackupSealer = (contents: BackupContents, vaultId: string, number: number) => Promise<Result<Bytes, BackupFailure>>;

export interface OpenedBackup {
  readonly header: BackupHeader;
  readonly contents: BackupContents;
}

const tagBytes = 16;

/** @param passphrase at least `minPassphraseChars` characters */
export async function createBackupSealer(passphrase: string, deriveKey: DeriveKey, random: RandomBytes): Promise<Result<BackupSealer, BackupFailure>> {
  if (Array.from(passphrase).length < minPassphraseChars) return err('weak-passphrase', `fewer than ${minPassphraseChars} characters`);
  const salt = random(saltBytes);
  const key = await deriveKey(passphraseBytes(passphrase), salt, backupCost);
  if (!key.ok) return key;
  const cipher = await importKey(key.value, 'encrypt');
  return {
    ok: true,
    value: async (contents, vaultId, number) => {
      const plain = encodeContents(contents);
      const sealedBytes = plain.byteLength + tagBytes;
      if (headerBytes + sealedBytes > maxBackupBytes) return err('backup-too-large', `${headerBytes + sealedBytes} bytes`);
      const iv = random(ivBytes);
      const header = encodeHeader({ cost: backupCost, salt, iv, vaultId, number, sealedBytes });
      const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData: header }, cipher, plain);
      const file = new Uint8Array(headerBytes + sealed.byteLength);
      file.set(header);
      file.set(new Uint8Array(sealed), headerBytes);
      return { ok: true, value: file };
    },
  };
}

/**
 * What is in a backup. Nothing is derived, and no more than a header read, before the header has been found to be within
 * all bounds.
 */
export async function openBackup(file: Blob, passphrase: string, deriveKey: DeriveKey): Promise<Result<OpenedBackup, BackupFailure>> {
  const start = await bytesOf(file.slice(0, headerBytes));
  if (!start.ok) return start;
  const header = readHeader(start.value, file.size);
  if (!header.ok) return header;
  const password = passphraseBytes(passphrase);
  if (password.byteLength === 0) return err('wrong-passphrase-or-altered', 'no passphrase');
  const sealed = await bytesOf(file.slice(headerBytes));
  if (!sealed.ok) return sealed;
  const key = await deriveKey(password, header.value.salt, header.value.cost);
  if (!key.ok) return key;
  const plain = await decrypt(await importKey(key.value, 'decrypt'), header.value.iv, start.value, sealed.value);
  if (plain === null) return err('wrong-passphrase-or-altered', 'the cipher does not accept it');
  const contents = decodeContents(plain);
  return contents.ok ? { ok: true, value: { header: header.value, contents: contents.value } } : contents;
}

async function decrypt(key: CryptoKey, iv: Bytes, header: Bytes, sealed: Bytes): Promise<Bytes | null> {
  try {
    return new Uint8Array(await crypto.subtle.decrypt({ name: 'AES-GCM', iv, additionalData: header }, key, sealed));
  } catch (thrown) {
    if (thrown instanceof DOMException && thrown.name === 'OperationError') return null;
    throw thrown;
  }
}

/** A file on a disk may be gone or changed by the time it is read. */
async function bytesOf(blob: Blob): Promise<Result<Bytes, BackupFailure>> {
  try {
    return { ok: true, value: new Uint8Array(await blob.arrayBuffer()) };
  } catch (thrown) {
    return err('backup-unreadable', messageOf(thrown));
  }
}

function importKey(key: Bytes, usage: 'encrypt' | 'decrypt'): Promise<CryptoKey> {
  return crypto.subtle.importKey('raw', key, 'AES-GCM', false, [usage]);
}
