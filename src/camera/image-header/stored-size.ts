/** Width and height as a file states them, in pixels: whole numbers from 0 up, in the order in which they are stored. */
export interface StoredSize {
  readonly width: number;
  readonly height: number;
}
