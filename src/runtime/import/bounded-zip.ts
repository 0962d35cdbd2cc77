import { Inflate } from 'fflate';
import { crc32 } from './crc32.ts';
import { ImportError } from './import-failure.ts';
import { importLimits } from './import-limits.ts';
import type { NamedBytes } from './imported-model.ts';
import { safePath } from './safe-path.ts';
import { plainReason } from './plain-reason.ts';

const endSignature = 0x06054b50;
const entrySignature = 0x02014b50;
const localSignature = 0x04034b50;
const endBytes = 22;
const entryBytes = 46;
const localBytes = 30;
/** The comment behind the end record has a 16-bit length. */
const longestTail = endBytes + 0xffff;
/** The densest deflate makes 1032 bytes of one. */
const densest = 1032;
const [shortestSlice, longestSlice] = [1024, 64 * 1024];

interface Entry {
  readonly path: string;
  readonly deflated: boolean;
  readonly crc: number;
  readonly packedBytes: number;
  readonly bytes: number;
  /** Where the entry's own header stands in the file. */
  readonly headerAt: number;
}

/** Whether the bytes are an archive, or end in one: Ultralytics hangs the metadata of a .tflite file behind it. */
export function endsInZip(bytes: Uint8Array): boolean {
  return findEnd(view(bytes)) !== null;
}

/**
 * Unpacks an archive from a stranger. Number, names and sizes of the entries are checked before anything is unpacked;
 * an entry that grows beyond its stated size, or has another checksum, is refused. Folders and what macOS adds are left
 * out. Zip64, encryption and other methods than deflate are not read.
 * Ref: PKWARE APPNOTE 6.3.10, sections 4.3.7, 4.3.12, 4.3.16.
 *
 * @throws ImportError `archive-invalid`, `too-large` or `path-unsafe`
 */
export function unzip(bytes: Uint8Array<ArrayBuffer>, what: string): readonly NamedBytes[] {
  const entries = listEntries(bytes, what);
  const total = entries.reduce((sum, entry) => sum + entry.bytes, 0);
  if (total > importLimits.totalBytes) throw new ImportError('too-large', `${what}: unpacks to ${total} bytes, at most ${importLimits.totalBytes} are read`);
  if (total > 1024 * 1024 && total > bytes.byteLength * importLimits.packingRatio) {
    throw new ImportError('too-large', `${what}: unpacks ${bytes.byteLength} bytes to ${total}: no weights are as empty as that`);
  }
  return entries.map((entry) => ({ name: entry.path, bytes: unpack(bytes, entry, `${what}/${entry.path}`) }));
}

function listEntries(bytes: Uint8Array, what: string): readonly Entry[] {
  const data = view(bytes);
  const endAt = findEnd(data);
  if (endAt === null) throw invalid(what, 'has no end record');
  const count = data.getUint16(endAt + 10, true);
  const directoryAt = data.getUint32(endAt + 16, true);
  if (data.getUint16(endAt + 4, true) !== 0 || count === 0xffff || directoryAt === 0xffffffff) throw invalid(what, 'is a split or zip64 archive');
  if (count > importLimits.files) throw new ImportError('too-large', `${what}: ${count} entries, at most ${importLimits.files} are read`);
  const entries: Entry[] = [];
  let at = directoryAt;
  for (let i = 0; i < count; i++) {
    if (at + entryBytes > endAt || data.getUint32(at, true) !== entrySignature) throw invalid(what, `entry ${i} of ${count} is not in the directory`);
    const nameLength = data.getUint16(at + 28, true);
    const next = at + entryBytes + nameLength + data.getUint16(at + 30, true) + data.getUint16(at + 32, true);
    if (next > endAt) throw invalid(what, `entry ${i} reaches beyond the directory`);
    const name = new TextDecoder().decode(bytes.subarray(at + entryBytes, at + entryBytes + nameLength));
    if (!isClutter(name)) entries.push(entryAt(data, at, safePath(name), what));
    at = next;
  }
  const paths = new Set(entries.map(({ path }) => path));
  if (paths.size < entries.length) throw invalid(what, 'holds two entries of one name');
  return entries;
}

function entryAt(data: DataView, at: number, path: string, what: string): Entry {
  const method = data.getUint16(at + 10, true);
  if (data.getUint16(at + 8, true) & 1) throw invalid(what, `${path} is encrypted`);
  if (method !== 0 && method !== 8) throw invalid(what, `${path} is packed by method ${method}`);
  return {
    path,
    deflated: method === 8,
    crc: data.getUint32(at + 16, true),
    packedBytes: data.getUint32(at + 20, true),
    bytes: data.getUint32(at + 24, true),
    headerAt: data.getUint32(at + 42, true),
  };
}

function unpack(archive: Uint8Array, entry: Entry, what: string): Uint8Array<ArrayBuffer> {
  const data = view(archive);
  const { headerAt, packedBytes } = entry;
  if (headerAt + localBytes > archive.byteLength || data.getUint32(headerAt, true) !== localSignature) throw invalid(what, 'has no header');
  const from = headerAt + localBytes + data.getUint16(headerAt + 26, true) + data.getUint16(headerAt + 28, true);
  if (from + packedBytes > archive.byteLength) throw invalid(what, 'reaches beyond the archive');
  const packed = archive.subarray(from, from + packedBytes);
  if (!entry.deflated && packedBytes !== entry.bytes) throw invalid(what, 'is stored with two different sizes');
  const unpacked = entry.deflated ? inflate(packed, entry.bytes, what) : new Uint8Array(packed);
  if (crc32(unpacked) !== entry.crc) throw invalid(what, 'has the wrong checksum: it is damaged');
  return unpacked;
}

/** Slice by slice, so that an entry that lies about its size is stopped soon after it has outgrown it. */
function inflate(packed: Uint8Array, expectedBytes: number, what: string): Uint8Array<ArrayBuffer> {
  const target = new Uint8Array(expectedBytes);
  const sliceBytes = Math.min(longestSlice, Math.max(shortestSlice, Math.ceil(expectedBytes / densest)));
  let filled = 0;
  const inflater = new Inflate((piece) => {
    if (filled + piece.byteLength > expectedBytes) throw invalid(what, `is longer than its stated ${expectedBytes} bytes`);
    target.set(piece, filled);
    filled += piece.byteLength;
  });
  try {
    for (let at = 0; at < packed.byteLength || at === 0; at += sliceBytes) {
      inflater.push(packed.subarray(at, at + sliceBytes), at + sliceBytes >= packed.byteLength);
    }
  } catch (thrown) {
    throw thrown instanceof ImportError ? thrown : invalid(what, `cannot be unpacked: ${plainReason(thrown)}`);
  }
  if (filled !== expectedBytes) throw invalid(what, `unpacks to ${filled} bytes, not its stated ${expectedBytes}`);
  return target;
}

function findEnd(data: DataView): number | null {
  const last = Math.max(0, data.byteLength - longestTail);
  for (let at = data.byteLength - endBytes; at >= last; at--) {
    if (data.getUint32(at, true) === endSignature && at + endBytes + data.getUint16(at + 20, true) <= data.byteLength) return at;
  }
  return null;
}

function isClutter(name: string): boolean {
  return name.endsWith('/') || name.startsWith('__MACOSX/') || name.endsWith('.DS_Store');
}

function view(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function invalid(what: string, why: string): ImportError {
  return new ImportError('archive-invalid', `${what} ${why}`);
}
