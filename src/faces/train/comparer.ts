/** A way to compare descriptors, learnt or not: smaller is closer. Plain data, to be stored with the gallery. */
export type Comparer =
  | { readonly kind: 'plain' }
  /** Euclidean distance behind a linear map: `matrix` has `length` rows of `width`. */
  | { readonly kind: 'projection'; readonly length: number; readonly width: number; readonly matrix: Float32Array }
  /** The logit of "two people" by the absolute difference: weights, and a bias. */
  | { readonly kind: 'logistic'; readonly weights: Float32Array; readonly bias: number };

/** How far two descriptors are apart by a comparer. Both must be of the length that it was learnt with; else NaN. */
export function compareBy(comparer: Comparer, a: Float32Array, b: Float32Array): number {
  if (a.length !== b.length) return NaN;
  switch (comparer.kind) {
    case 'plain':
      return Math.sqrt(a.reduce((sum, value, i) => sum + (value - (b[i] as number)) ** 2, 0));
    case 'logistic':
      return a.length === comparer.weights.length ? a.reduce((sum, value, i) => sum + (comparer.weights[i] as number) * Math.abs(value - (b[i] as number)), comparer.bias) : NaN;
    case 'projection':
      return a.length === comparer.length ? projected(comparer, a, b) : NaN;
  }
}

function projected({ matrix, width }: Extract<Comparer, { readonly kind: 'projection' }>, a: Float32Array, b: Float32Array): number {
  const out = new Float64Array(width);
  for (let row = 0; row < a.length; row++) {
    const difference = (a[row] as number) - (b[row] as number);
    for (let column = 0; column < width; column++) out[column] = (out[column] as number) + difference * (matrix[row * width + column] as number);
  }
  return Math.hypot(...out);
}
