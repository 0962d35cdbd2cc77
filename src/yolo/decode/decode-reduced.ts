import type { Candidates, Size } from '../../geometry/index.ts';
import { CandidateList } from './candidate-list.ts';
import type { DenseHead } from './dense-plan-of.ts';
import { densePlanOf } from './dense-plan-of.ts';
import type { DensePlan } from './dense-plan.ts';
import type { CentreHead } from '../heads/centre.ts';
import type { OutputShape } from './raw-output.ts';
import { outputNamed } from './raw-output.ts';
import { reducedRow } from './reduced-rows.ts';

/** The lines of a reduced grid, one candidate each, that reach the score. */
interface ReducedLine {
  readonly place: number;
  readonly score: number;
  readonly classId: number;
  readonly box: readonly [number, number, number, number];
}

/**
 * Boxes of a grid that was reduced on the device: the same as `decodeHead` gives for the whole of it. The lines must be
 * all that passed: the caller compares the first line's count with their number.
 *
 * @param shapes of the outputs before the reduction
 * @returns boxes in input pixels, in the order of the places
 */
export function decodeReduced(head: DenseHead | CentreHead, shapes: readonly OutputShape[], lines: Float32Array, minScore: number, input: Size): Candidates {
  return head.family === 'centre' ? centreBoxes(head, shapes, lines, minScore) : denseBoxes(head, shapes, lines, minScore, input);
}

function denseBoxes(head: DenseHead, shapes: readonly OutputShape[], lines: Float32Array, minScore: number, input: Size): Candidates {
  const plan = densePlanOf(head, shapes, input);
  if (!plan.ok) throw new Error(plan.failure.detail);
  const found = new CandidateList();
  const corners = new Float32Array(4);
  for (const { place, score, classId, box } of linesOf(lines, minScore)) {
    const { output, first } = outputOfPlace(plan.value, place);
    output.boxOf(...box, place - first, corners);
    const [x1, y1, x2, y2] = corners as unknown as [number, number, number, number];
    found.add(x1, y1, x2, y2, score, classId);
  }
  return found.finish();
}

function centreBoxes(head: CentreHead, shapes: readonly OutputShape[], lines: Float32Array, minScore: number): Candidates {
  const [, , columns = 0, classes = 0] = outputNamed(shapes, head.scoresNode).shape;
  const found = new CandidateList();
  for (const { place, score, classId, box } of linesOf(lines, minScore)) {
    const cell = Math.floor(place / classes);
    const row = Math.floor(cell / columns);
    const x = (cell - row * columns) * head.stride;
    const y = row * head.stride;
    found.add(x - box[0], y - box[1], x + box[2], y + box[3], score, classId);
  }
  return found.finish();
}

function* linesOf(lines: Float32Array, minScore: number): Generator<ReducedLine> {
  const count = Math.min(lines[reducedRow.passed] as number, lines.length / reducedRow.length - 1);
  for (let line = 1; line <= count; line++) {
    const at = line * reducedRow.length;
    const score = lines[at + reducedRow.score] as number;
    if (!(score >= minScore)) continue;
    const box = lines.subarray(at + reducedRow.box, at + reducedRow.box + 4) as unknown as [number, number, number, number];
    yield { place: lines[at + reducedRow.place] as number, score, classId: lines[at + reducedRow.classId] as number, box };
  }
}

/** The output that holds a place, and the number of its first place among those of all outputs. */
function outputOfPlace({ outputs }: DensePlan, place: number): { output: DensePlan['outputs'][number]; first: number } {
  let first = 0;
  for (const output of outputs) {
    const places = output.layout.groups * output.layout.places;
    if (place < first + places) return { output, first };
    first += places;
  }
  throw new RangeError(`place ${place} is behind the last of the head`);
}
