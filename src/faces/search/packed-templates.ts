/** Templates of one network, one after the other, and whose they are. */
export interface PackedTemplates {
  /** rows x length */
  readonly values: Float32Array;
  /** For each row the number of its person. */
  readonly personOf: Uint32Array;
}
