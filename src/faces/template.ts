/** What a network made of one face: numbers to compare with those of the same network, from which no picture can be drawn. */
export interface FaceTemplate {
  /** The network that made the numbers. Templates of different networks cannot be compared. */
  readonly modelId: string;
  readonly values: Float32Array;
  /** How good the shot was, 0..1. */
  readonly quality: number;
  /** When the shot was taken, in milliseconds since 1970 UTC. */
  readonly takenAtMs: number;
}
