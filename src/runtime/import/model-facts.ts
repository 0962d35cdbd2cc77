/** A shape as a file states it, with null for a side that is free. */
export type StatedShape = readonly (number | null)[];

/** A stored whole number q stands for scale * (q - zeroPoint). */
export interface Quantisation {
  readonly scale: number;
  readonly zeroPoint: number;
}

export interface StatedTensor {
  readonly name: string;
  /** Null where the file does not say. */
  readonly shape: StatedShape | null;
  /** The file's own word for the kind of number, in lower case: float32, uint8, ... */
  readonly type: string;
  /** Where the file says what its whole numbers stand for. */
  readonly quantisation?: Quantisation;
}

export interface OperationCount {
  readonly name: string;
  readonly count: number;
}

/** What a file says of its network, read without running it. */
export interface NetworkFacts {
  readonly inputs: readonly StatedTensor[];
  readonly outputs: readonly StatedTensor[];
  /** Most frequent first. */
  readonly operations: readonly OperationCount[];
  /** Bytes of the weights as they lie in the file. */
  readonly weightBytes: number;
  /** Texts that the exporting program left in the file, by their keys. */
  readonly metadata: ReadonlyMap<string, string>;
}

/** Counts operations by name, most frequent first. */
export function countOperations(names: Iterable<string>): readonly OperationCount[] {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].map(([name, count]) => ({ name, count })).sort((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1));
}
