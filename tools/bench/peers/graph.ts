import { browser, cast, expandDims, image, tidy } from '@tensorflow/tfjs-core';
import type { ScoredBox } from '../../../src/evaluation/index.ts';
import { shippedSource } from '../../../src/runtime/index.ts';
import { loadGraph } from '../../../src/runtime/tf.ts';
import type { Contender } from './contender.ts';

/** What the graph was exported for: it decodes for this size only. */
const sidePx = 512;
const output = 'tower_0/detections';
/** x1, y1, x2, y2 in input pixels, score, class. */
const rowLength = 6;

/**
 * The shipped CenterNet graph used as it was exported: the picture is stretched to 512x512 and the graph decodes its
 * own grid into 100 boxes. Runs on the tfjs backend that is already set.
 */
export async function graphPeer(minScore: number): Promise<Contender> {
  const loaded = await loadGraph(shippedSource('objects-centernet'));
  if (!loaded.ok) throw new Error(`${loaded.failure.code}: ${loaded.failure.detail}`);
  const model = loaded.value;
  return {
    async detect(bitmap) {
      const rows = tidy(() => {
        const stretched = image.resizeBilinear(cast(browser.fromPixels(bitmap), 'float32'), [sidePx, sidePx]);
        const found = model.execute(expandDims(stretched, 0), output);
        if (Array.isArray(found)) throw new TypeError(`${output} is one tensor`);
        return found;
      });
      try {
        return toBoxes(await rows.data(), minScore, bitmap.width / sidePx, bitmap.height / sidePx);
      } finally {
        rows.dispose();
      }
    },
  };
}

function toBoxes(rows: ArrayLike<number>, minScore: number, scaleX: number, scaleY: number): readonly ScoredBox[] {
  const boxes: ScoredBox[] = [];
  for (let at = 0; at + rowLength <= rows.length; at += rowLength) {
    const [x1, y1, x2, y2, score, classId] = [0, 1, 2, 3, 4, 5].map((column) => rows[at + column] ?? 0) as [number, number, number, number, number, number];
    if (score < minScore) continue;
    boxes.push({ classId, score, boxPx: { x1: x1 * scaleX, y1: y1 * scaleY, x2: x2 * scaleX, y2: y2 * scaleY } });
  }
  return boxes;
}
