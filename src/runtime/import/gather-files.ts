import { endsInZip, unzip } from './bounded-zip.ts';
import { ImportError } from './import-failure.ts';
import { importLimits } from './import-limits.ts';
import type { NamedBytes } from './imported-model.ts';
import { safePath } from './safe-path.ts';

/**
 * All files of an import under safe paths: what was dropped, with the contents of the archives among it in their place.
 *
 * @throws ImportError `too-large`, `path-unsafe`, `archive-invalid` or `files-missing`
 */
export function gatherFiles(given: readonly NamedBytes[]): readonly NamedBytes[] {
  if (given.length === 0) throw new ImportError('files-missing', 'no file was given');
  checkAmount(given);
  const files = given.flatMap((file) => (isArchive(file) ? unzip(file.bytes, safePath(file.name)) : [{ name: safePath(file.name), bytes: file.bytes }]));
  checkAmount(files);
  if (new Set(files.map(({ name }) => name)).size < files.length) throw new ImportError('files-ambiguous', 'two of the files have one name');
  return files;
}

function isArchive({ bytes }: NamedBytes): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b && endsInZip(bytes);
}

function checkAmount(files: readonly NamedBytes[]): void {
  const total = files.reduce((sum, { bytes }) => sum + bytes.byteLength, 0);
  if (files.length > importLimits.files) throw new ImportError('too-large', `${files.length} files, at most ${importLimits.files} are read`);
  if (total > importLimits.totalBytes) throw new ImportError('too-large', `${total} bytes, at most ${importLimits.totalBytes} are read`);
}
