/** A decoded YOLOv8 output as a network might give it: boxes in pixels of a 640x640 input, 80 classes. */
export interface MadeOutput {
  /** [1, 84, 8400] */
  readonly shape: readonly [1, number, number];
  readonly data: Float32Array;
  readonly classes: number;
  readonly sidePx: number;
}

const [places, classes, sidePx] = [8400, 80, 640];
const objects = 30;
const placesPerObject = 12;

/** Thirty objects of random classes, each seen by a dozen places, over faint scores everywhere else. The same for a seed. */
export function madeOutput(seed: number): MadeOutput {
  const next = parkMiller(seed);
  const data = new Float32Array((4 + classes) * places);
  for (let place = 0; place < places; place++) {
    for (const [field, value] of [next() * sidePx, next() * sidePx, 20 + 100 * next(), 20 + 100 * next()].entries()) data[field * places + place] = value;
  }
  for (let at = 4 * places; at < data.length; at++) data[at] = 0.02 * next();
  for (let object = 0; object < objects; object++) {
    const classId = Math.floor(next() * classes);
    const [cx, cy, w, h] = [next() * sidePx, next() * sidePx, 30 + 200 * next(), 30 + 200 * next()];
    for (let i = 0; i < placesPerObject; i++) {
      const place = Math.floor(next() * places);
      for (const [field, value] of [cx + 6 * next(), cy + 6 * next(), w + 8 * next(), h + 8 * next()].entries()) data[field * places + place] = value;
      data[(4 + classId) * places + place] = 0.3 + 0.6 * next();
    }
  }
  return { shape: [1, 4 + classes, places], data, classes, sidePx };
}

/** Numbers 0..1. Ref: Park and Miller, CACM 31(10), "minimal standard". */
function parkMiller(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
}
