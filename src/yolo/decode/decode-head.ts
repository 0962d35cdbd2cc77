import type { Candidates } from '../../geometry/index.ts';
import type { HeadSpec } from '../heads/read-head.ts';
import { decodeCentre } from './centre.ts';
import type { RawOutput } from './raw-output.ts';
import { decodeV2 } from './v2.ts';

/**
 * Boxes of any head, score filter first, before NMS. Throws Error when the outputs do not have the shapes that the
 * head describes: a model is checked against its head when it is loaded, not here.
 *
 * @returns boxes in input pixels
 */
export function decodeHead(head: HeadSpec, outputs: readonly RawOutput[], minScore: number): Candidates {
  switch (head.family) {
    case 'centre': {
      const scores = named(outputs, head.scoresNode);
      const sizes = named(outputs, head.sizesNode);
      const [, rows = 0, columns = 0, classes = 0] = scores.shape;
      return decodeCentre(head, { rows, columns, classes, scores: scores.data, sizes: sizes.data }, minScore);
    }
    case 'v2': {
      const grid = named(outputs, head.outputLayer);
      const [, rows = 0, columns = 0, channels = 0] = grid.shape;
      return decodeV2(head, { rows, columns, classes: channels / head.anchors.length - 5, data: grid.data }, minScore);
    }
  }
}

function named(outputs: readonly RawOutput[], name: string): RawOutput {
  const output = outputs.find((candidate) => candidate.name === name);
  if (!output) throw new Error(`the network has no output ${name}`);
  return output;
}
