import type { Failure, Result } from '../../base/index.ts';
import { err, ok } from '../../base/index.ts';
import type { Bytes } from './bytes.ts';
import { fromHex, toHex } from './bytes.ts';
import type { KdfCost } from './kdf.ts';
import { checkCost } from './kdf.ts';
import { ivBytes } from './sealed.ts';

/** The plain beginning of a backup. The cipher vouches for every bit of it. */
export interface BackupHeader {
  readonly cost: KdfCost;
  readonly salt: Bytes;
  readonly iv: Bytes;
  /** The vault that made the backup: 32 hexadecimal digits. */
  readonly vaultId: string;
  /** The first backup of a vault has number 1. */
  readonly number: number;
  /** Bytes after the header: what is sealed, and 16 more. */
  readonly sealedBytes: number;
}

export type HeaderFailure = Failure<'not-a-backup' | 'backup-cut' | 'backup-trailing' | 'backup-too-large' | 'backup-too-new' | 'kdf-unknown' | 'kdf-cost' | 'backup-damaged'>;

/**
 * Numbers are little-endian: magic (8), version (2), key derivation (1), zero (1), passes, memory in KiB and lanes (4 each),
 * salt (16), initialisation vector (12), vault (16), number (4), bytes that follow (4).
 */
const offsets = { version: 8, kdf: 10, zero: 11, passes: 12, memoryKib: 16, lanes: 20, salt: 24, iv: 40, vaultId: 52, number: 68, sealedBytes: 72 } as const;
export const headerBytes = 76;
export const saltBytes = 16;
const vaultIdBytes = 16;
const magic = new TextEncoder().encode('LINTELBK');
const version = 1;
const argon2id = 1;
const tagBytes = 16;
/** Most that is written and read: ten thousand people with five templates of 1,024 numbers each take 205 MB. */
export const maxBackupBytes = 256 * 1024 * 1024;

export function encodeHeader({ cost, salt, iv, vaultId, number, sealedBytes }: BackupHeader): Bytes {
  const header = new Uint8Array(headerBytes);
  const view = new DataView(header.buffer);
  header.set(magic);
  view.setUint16(offsets.version, version, true);
  view.setUint8(offsets.kdf, argon2id);
  view.setUint32(offsets.passes, cost.passes, true);
  view.setUint32(offsets.memoryKib, cost.memoryKib, true);
  view.setUint32(offsets.lanes, cost.lanes, true);
  header.set(salt, offsets.salt);
  header.set(iv, offsets.iv);
  header.set(fromHex(vaultId), offsets.vaultId);
  view.setUint32(offsets.number, number, true);
  view.setUint32(offsets.sealedBytes, sealedBytes, true);
  return header;
}

/**
 * Reads a header and checks all that can be checked before a key is derived or memory taken.
 *
 * @param start the first bytes of the file, `headerBytes` of them or the whole of a shorter file
 * @param fileBytes size of the whole file
 */
export function readHeader(start: Bytes, fileBytes: number): Result<BackupHeader, HeaderFailure> {
  if (start.byteLength === 0 || !magic.every((byte, i) => i >= start.byteLength || start[i] === byte)) return err('not-a-backup', 'it begins with something else');
  if (start.byteLength < headerBytes) return err('backup-cut', `${start.byteLength} bytes are less than a header`);
  const view = new DataView(start.buffer, start.byteOffset);
  const found = view.getUint16(offsets.version, true);
  if (found > version) return err('backup-too-new', `version ${found}`);
  if (found !== version || view.getUint8(offsets.zero) !== 0) return err('backup-damaged', `version ${found}, ${view.getUint8(offsets.zero)} in the place of zero`);
  const kdf = view.getUint8(offsets.kdf);
  if (kdf !== argon2id) return err('kdf-unknown', `key derivation ${kdf}`);
  const cost = { passes: view.getUint32(offsets.passes, true), memoryKib: view.getUint32(offsets.memoryKib, true), lanes: view.getUint32(offsets.lanes, true) };
  const allowed = checkCost(cost);
  if (!allowed.ok) return allowed;
  const sealedBytes = view.getUint32(offsets.sealedBytes, true);
  const statedBytes = headerBytes + sealedBytes;
  if (Math.max(statedBytes, fileBytes) > maxBackupBytes) return err('backup-too-large', `${Math.max(statedBytes, fileBytes)} bytes`);
  if (sealedBytes < tagBytes) return err('backup-damaged', `${sealedBytes} sealed bytes`);
  if (fileBytes < statedBytes) return err('backup-cut', `${fileBytes} bytes of ${statedBytes}`);
  if (fileBytes > statedBytes) return err('backup-trailing', `${fileBytes - statedBytes} bytes behind its end`);
  return ok({
    cost,
    salt: start.slice(offsets.salt, offsets.salt + saltBytes),
    iv: start.slice(offsets.iv, offsets.iv + ivBytes),
    vaultId: toHex(start.subarray(offsets.vaultId, offsets.vaultId + vaultIdBytes)),
    number: view.getUint32(offsets.number, true),
    sealedBytes,
  });
}
