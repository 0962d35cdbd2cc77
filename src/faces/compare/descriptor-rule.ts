/** How the numbers of one network are compared. It belongs to the network's card. */
export interface DescriptorRule {
  readonly modelId: string;
  /** How many numbers the network gives. */
  readonly length: number;
  /** `euclidean`: length of the difference. `cosine`: 1 minus the cosine of the angle, 0..2. Smaller is closer in both. */
  readonly metric: 'euclidean' | 'cosine';
}
