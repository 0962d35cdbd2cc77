/**
 * Reads a few bytes here and there of a file without loading it: only small pieces are ever in memory, however
 * large the file is and wherever its own pointers lead.
 */
export class ByteWindow {
  readonly #blob: Blob;
  readonly #pieceBytes: number;
  #start = 0;
  #piece = new Uint8Array(0);

  constructor(blob: Blob, pieceBytes = 16_384) {
    this.#blob = blob;
    this.#pieceBytes = pieceBytes;
  }

  /** @returns `length` bytes from `offset`, or null when the file ends before */
  async at(offset: number, length: number): Promise<DataView | null> {
    if (!Number.isSafeInteger(offset) || offset < 0 || offset + length > this.#blob.size) return null;
    if (offset < this.#start || offset + length > this.#start + this.#piece.length) {
      const end = offset + Math.max(length, this.#pieceBytes);
      this.#piece = new Uint8Array(await this.#blob.slice(offset, end).arrayBuffer());
      this.#start = offset;
    }
    const inPiece = offset - this.#start;
    return inPiece + length <= this.#piece.length ? new DataView(this.#piece.buffer, inPiece, length) : null;
  }
}

/** `length` bytes as text, one character a byte. */
export function asciiOf(view: DataView, offset: number, length: number): string {
  return String.fromCharCode(...new Uint8Array(view.buffer, view.byteOffset + offset, length));
}
