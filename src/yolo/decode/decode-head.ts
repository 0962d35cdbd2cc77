import type { Candidates, Size } from '../../geometry/index.ts';
import type { HeadSpec } from '../heads/read-head.ts';
import { decodeCentre } from './centre.ts';
import { decodeDense } from './decode-dense.ts';
import { densePlanOf } from './dense-plan-of.ts';
import { decodeEnd2end } from './end2end.ts';
import { joinedRaw, joinOutputs, joinsOf } from './join-outputs.ts';
import type { RawOutput } from './raw-output.ts';
import { outputNamed } from './raw-output.ts';

/**
 * Boxes of any head, score filter first, before NMS. Throws Error when the outputs do not have the shapes that the
 * head describes: a model is checked against its head by `headFits` when it is loaded, not here.
 *
 * @param input size of the network input that gave these outputs, in pixels
 * @returns boxes in input pixels
 */
export function decodeHead(head: HeadSpec, outputs: readonly RawOutput[], minScore: number, input: Size): Candidates {
  const { head: whole, joins } = joinsOf(head);
  return decodeWhole(whole, joinOutputs(joins, outputs, joinedRaw), minScore, input);
}

function decodeWhole(head: HeadSpec, outputs: readonly RawOutput[], minScore: number, input: Size): Candidates {
  switch (head.family) {
    case 'centre': {
      const scores = outputNamed(outputs, head.scoresNode);
      const sizes = outputNamed(outputs, head.sizesNode);
      const [, rows = 0, columns = 0, classes = 0] = scores.shape;
      return decodeCentre(head, { rows, columns, classes, scores: scores.data, sizes: sizes.data }, minScore);
    }
    case 'end2end':
      return decodeEnd2end(head, outputs, minScore, input);
    default: {
      const plan = densePlanOf(head, outputs, input);
      if (!plan.ok) throw new Error(plan.failure.detail);
      return decodeDense(plan.value, outputs, minScore);
    }
  }
}
