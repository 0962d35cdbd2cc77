/** What a network said of one crop, in the crop's own pixels. */
export interface CropPoints {
  /** x, y pairs in input pixels. */
  readonly xy: Float32Array;
  /** Depth of each point in input pixels, nearer is smaller; null where the network gives none. */
  readonly z: Float32Array | null;
  /** 0..1 for each point; 1 where the network says nothing. */
  readonly scores: Float32Array;
  /** How sure it is that there is anything of its kind, 0..1; 1 where the network says nothing. */
  readonly presence: number;
}
