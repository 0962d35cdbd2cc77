import { openDB } from 'idb';

/** Every key and value of every store of a database, as a person with its files would find them: bytes. */
export async function dumpDatabase(name: string): Promise<Uint8Array> {
  const db = await openDB(name);
  const chunks: Uint8Array[] = [];
  for (const store of db.objectStoreNames) {
    for (const key of await db.getAllKeys(store)) chunks.push(...bytesIn(key));
    for (const value of (await db.getAll(store)) as unknown[]) chunks.push(...bytesIn(value));
  }
  db.close();
  return join(chunks);
}

/** Whether bytes occur in others, in one piece. */
export function holds(dump: Uint8Array, piece: Uint8Array): boolean {
  return Buffer.from(dump.buffer, dump.byteOffset, dump.byteLength).includes(Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength));
}

/** A text in the ways that programs write one. */
export function writings(text: string): readonly Uint8Array[] {
  const utf16 = Buffer.from(text, 'utf16le');
  return [new TextEncoder().encode(text), utf16, Buffer.from(utf16).swap16(), Buffer.from(Buffer.from(text, 'utf8').toString('base64').replace(/=+$/, '').slice(0, -1))];
}

/** Numbers as 32-bit and 64-bit floats, a few in a row, and as text. */
export function numberWritings(values: Float32Array): readonly Uint8Array[] {
  const pieces: Uint8Array[] = [];
  for (let at = 0; at + 2 <= values.length; at += 2) {
    const few = values.slice(at, at + 2);
    pieces.push(new Uint8Array(few.buffer), new Uint8Array(Float64Array.from(few).buffer), new TextEncoder().encode(`${few[0] ?? 0}`));
  }
  return pieces;
}

function bytesIn(value: unknown): Uint8Array[] {
  if (ArrayBuffer.isView(value)) return [new Uint8Array(value.buffer, value.byteOffset, value.byteLength)];
  if (value instanceof ArrayBuffer) return [new Uint8Array(value)];
  if (typeof value === 'string') return [new TextEncoder().encode(value)];
  if (typeof value === 'number') return [new TextEncoder().encode(`${value}`), new Uint8Array(Float64Array.of(value).buffer)];
  if (value instanceof CryptoKey || typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [...bytesIn(key), ...bytesIn(inner)]);
}

function join(chunks: readonly Uint8Array[]): Uint8Array {
  return Buffer.concat(chunks);
}
