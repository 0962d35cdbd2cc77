/** All numbers of several arrays, in their order. */
export function joinFloats(parts: readonly Float32Array[]): Float32Array {
  const joined = new Float32Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

/** The same for whole numbers, those of each part counted on by `step` from the part before: indices in a batch. */
export function joinIndices(parts: readonly Int32Array[], step: number): Int32Array {
  return Int32Array.from(parts.flatMap((part, i) => Array.from(part, (index) => i * step + index)));
}
