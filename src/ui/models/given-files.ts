import type { Result } from '../../base/index.ts';
import { err, messageOf, ok } from '../../base/index.ts';
import type { ImportFailure, NamedBytes } from '../../runtime/index.ts';
import { importLimits } from '../../runtime/index.ts';

/** A file that a person dropped or picked, under its path inside of the folder that came with it. */
export interface GivenFile {
  readonly path: string;
  readonly file: File;
}

const deepestFolder = 8;

/** The files of a file chooser, of files or of a folder. */
export function filesOfInput(list: FileList | null): readonly GivenFile[] {
  return [...(list ?? [])].map((file) => ({ path: file.webkitRelativePath || file.name, file }));
}

/** The files of a drop, those in dropped folders too. Call it in the event itself: afterwards the drop is empty. */
export function filesOfDrop(transfer: DataTransfer | null): Promise<readonly GivenFile[]> {
  if (!transfer) return Promise.resolve([]);
  const entries = [...transfer.items].flatMap((item) => item.webkitGetAsEntry() ?? []);
  if (entries.length === 0) return Promise.resolve([...transfer.files].map((file) => ({ path: file.name, file })));
  return collect(entries, 0);
}

/** Reads the files whole. Too many bytes are refused before any is read. */
export async function readGiven(files: readonly GivenFile[]): Promise<Result<readonly NamedBytes[], ImportFailure>> {
  const total = files.reduce((sum, { file }) => sum + file.size, 0);
  if (files.length > importLimits.files || total > importLimits.totalBytes) return err('too-large', `${files.length} files of ${total} bytes together`);
  try {
    return ok(await Promise.all(files.map(async ({ path, file }) => ({ name: path, bytes: new Uint8Array(await file.arrayBuffer()) }))));
  } catch (thrown) {
    return err('files-missing', `a file went away or may not be read: ${messageOf(thrown)}`);
  }
}

async function collect(entries: readonly FileSystemEntry[], depth: number): Promise<readonly GivenFile[]> {
  const found: GivenFile[] = [];
  for (const entry of entries) {
    if (found.length > importLimits.files) break;
    if (isFile(entry)) found.push({ path: entry.fullPath.replace(/^\//, ''), file: await fileOf(entry) });
    else if (isFolder(entry) && depth < deepestFolder) found.push(...(await collect(await entriesOf(entry), depth + 1)));
  }
  return found;
}

/** A folder gives its entries in pieces, until it gives none. */
async function entriesOf(folder: FileSystemDirectoryEntry): Promise<readonly FileSystemEntry[]> {
  const reader = folder.createReader();
  const all: FileSystemEntry[] = [];
  for (;;) {
    const piece = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (piece.length === 0 || all.length > importLimits.files) return all;
    all.push(...piece);
  }
}

function fileOf(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((resolve, reject) => entry.file(resolve, reject));
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile;
}

function isFolder(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory;
}
