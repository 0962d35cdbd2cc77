/** A stream of whole numbers that is the same on every run. Ref: Marsaglia, "Xorshift RNGs", 2003. */
export function seededNumbers(seed: number): (below: number) => number {
  let state = seed | 1;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}

const extremes = [0, 1, 0x7f, 0x80, 0xff];
const words = [0xffffffff, 0x7fffffff, 0x80000000, 0, 0x10000000];

/** A file damaged the way that files are: cut, longer, bits flipped, counts turned huge or negative, pieces moved or zeroed. */
export function mutated(bytes: Uint8Array<ArrayBuffer>, next: (below: number) => number): Uint8Array<ArrayBuffer> {
  const copy = new Uint8Array(bytes);
  const view = new DataView(copy.buffer);
  switch (next(7)) {
    case 0:
      return copy.slice(0, next(bytes.length));
    case 1:
      return Uint8Array.from([...copy, ...Array.from({ length: 1 + next(64) }, () => next(256))]);
    case 2:
      for (let i = 0; i <= next(8); i++) copy[next(copy.length)]! ^= 1 << next(8);
      return copy;
    case 3:
      copy[next(copy.length)] = extremes[next(extremes.length)]!;
      return copy;
    case 4:
      if (copy.length >= 4) view.setUint32(next(copy.length - 3), words[next(words.length)]!, true);
      return copy;
    case 5: {
      const [from, to, length] = [next(copy.length), next(copy.length), next(64)];
      copy.set(copy.slice(from, from + Math.min(length, copy.length - to)), to);
      return copy;
    }
    default:
      copy.fill(0, next(copy.length), next(copy.length));
      return copy;
  }
}

const evilValues: readonly unknown[] = [-1, 0, 1, 1e9, 2 ** 53, -1e308, 0.5, null, true, '', 'constructor', '../../etc/passwd', 'x'.repeat(2000), [], {}, [[[[]]]], [1e9, 1e9], { constructor: 1 }];

/** JSON in which one or two places hold something else: an extreme value, a copy of another place, or nothing. */
export function mutatedJson(bytes: Uint8Array<ArrayBuffer>, next: (below: number) => number): Uint8Array<ArrayBuffer> {
  const root: unknown = JSON.parse(new TextDecoder().decode(bytes));
  for (let i = 0; i <= next(2); i++) {
    const places = placesOf(root);
    const [holder, key] = places[next(places.length)]!;
    const [otherHolder, otherKey] = places[next(places.length)]!;
    const kind = next(4);
    if (kind === 0) Reflect.deleteProperty(holder, key);
    else if (kind === 1) holder[key] = structuredClone(otherHolder[otherKey]);
    else holder[key] = structuredClone(evilValues[next(evilValues.length)]);
  }
  return new TextEncoder().encode(JSON.stringify(root));
}

type Holder = Record<string, unknown>;

function placesOf(value: unknown): [Holder, string][] {
  if (typeof value !== 'object' || value === null) return [];
  const holder = value as Holder;
  return Object.keys(holder).flatMap((key): [Holder, string][] => [[holder, key], ...placesOf(holder[key])]);
}
