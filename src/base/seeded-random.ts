/**
 * Numbers that look random and are the same for the same seed, evenly spread over 0 <= x < 1. Not for secrets.
 * A counter run through the finaliser of MurmurHash3 in 32 bits.
 * Ref: Steele, Lea and Flood, Fast Splittable Pseudorandom Number Generators, OOPSLA 2014 (the construction).
 *
 * @param seed any whole number; only its low 32 bits count
 */
export function seededRandom(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let z = state ^ (state >>> 16);
    z = Math.imul(z, 0x85ebca6b);
    z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35);
    return ((z ^ (z >>> 16)) >>> 0) / 2 ** 32;
  };
}
