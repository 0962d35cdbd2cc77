/** Two pictures that were compared, and whether they show one person. */
export interface ComparedPair {
  readonly isSame: boolean;
  /** By the metric of the network, smaller is closer; null where a face was not found in one of the two. */
  readonly distance: number | null;
  /** Part of the cross-validation that the file names; null where it names none. */
  readonly fold: number | null;
}

/** A rate, and between which bounds it lies with 95 % confidence. */
export interface BoundedRate {
  readonly value: number;
  readonly atLeast: number;
  readonly atMost: number;
}
