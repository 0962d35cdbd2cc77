export interface OutputShape {
  /** The network's own name for the output: a head names the outputs that it reads. */
  readonly name: string;
  /** With the batch of 1 in front, as the network gives it. */
  readonly shape: readonly number[];
}

/** One output of a network as it was read back: plain numbers, row-major. */
export interface RawOutput extends OutputShape {
  readonly data: Float32Array;
}

/** Throws Error when there is no such output: a model is checked against its head when it is loaded. */
export function outputNamed<T extends { readonly name: string }>(outputs: readonly T[], name: string): T {
  const output = outputs.find((candidate) => candidate.name === name);
  if (!output) throw new Error(`the network has no output ${name}`);
  return output;
}
