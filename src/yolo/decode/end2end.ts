import type { Candidates, Size } from '../../geometry/index.ts';
import type { End2endHead, End2endRowsHead, End2endSplitHead } from '../heads/end2end.ts';
import { CandidateList } from './candidate-list.ts';
import type { RawOutput } from './raw-output.ts';
import { outputNamed } from './raw-output.ts';

/**
 * Boxes of a network that has chosen them itself. Rows below the lowest score are left out, which takes the empty ones
 * away too.
 *
 * @returns boxes in input pixels, in the network's order
 */
export function decodeEnd2end(head: End2endHead, outputs: readonly RawOutput[], minScore: number, input: Size): Candidates {
  const { width, height } = head.coordinates === 'unit' ? input : { width: 1, height: 1 };
  return head.form === 'rows' ? decodeRows(head, outputs, minScore, width, height) : decodeSplit(head, outputs, minScore, width, height);
}

function decodeRows(head: End2endRowsHead, outputs: readonly RawOutput[], minScore: number, scaleX: number, scaleY: number): Candidates {
  const { data } = outputNamed(outputs, head.output);
  const found = new CandidateList();
  for (let row = 0; row + head.fields <= data.length; row += head.fields) {
    const score = data[row + head.scoreAt] as number;
    if (!(score >= minScore)) continue;
    const [x1, y1, x2, y2] = data.subarray(row + head.boxAt, row + head.boxAt + 4) as unknown as [number, number, number, number];
    found.add(x1 * scaleX, y1 * scaleY, x2 * scaleX, y2 * scaleY, score, Math.round(data[row + head.classAt] as number));
  }
  return found.finish();
}

function decodeSplit(head: End2endSplitHead, outputs: readonly RawOutput[], minScore: number, scaleX: number, scaleY: number): Candidates {
  const boxes = outputNamed(outputs, head.boxesOutput).data;
  const scores = outputNamed(outputs, head.scoresOutput).data;
  const classes = outputNamed(outputs, head.classesOutput).data;
  const said = head.countOutput === null ? scores.length : (outputNamed(outputs, head.countOutput).data[0] ?? 0);
  const count = Math.min(said, scores.length, classes.length, Math.floor(boxes.length / 4));
  const found = new CandidateList();
  for (let i = 0; i < count; i++) {
    const score = scores[i] as number;
    if (!(score >= minScore)) continue;
    const [a, b, c, d] = boxes.subarray(i * 4, i * 4 + 4) as unknown as [number, number, number, number];
    const [x1, y1, x2, y2] = head.corners === 'xyxy' ? [a, b, c, d] : [b, a, d, c];
    found.add(x1 * scaleX, y1 * scaleY, x2 * scaleX, y2 * scaleY, score, Math.round(classes[i] as number));
  }
  return found.finish();
}
