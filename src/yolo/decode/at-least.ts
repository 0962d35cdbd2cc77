import type { Candidates } from '../../geometry/index.ts';
import { CandidateList } from './candidate-list.ts';

/** The candidates with at least this score, in their order. */
export function atLeast({ count, boxes, scores, classIds }: Candidates, minScore: number): Candidates {
  const found = new CandidateList();
  for (let i = 0, at = 0; i < count; i++, at += 4) {
    const score = scores[i] as number;
    if (score >= minScore) found.add(boxes[at] as number, boxes[at + 1] as number, boxes[at + 2] as number, boxes[at + 3] as number, score, classIds[i] as number);
  }
  return found.finish();
}
