import type { HeadSpec } from '../heads/read-head.ts';
import type { V8Head } from '../heads/v8.ts';
import type { OutputShape, RawOutput } from './raw-output.ts';

/** Two outputs to be read as one: the fields of the second behind those of the first, under the name of the first. */
export interface Join {
  readonly boxes: string;
  readonly scores: string;
  /** The axis of the fields, counted from the last: 1 is the last. */
  readonly axisFromEnd: number;
}

/** A head whose boxes and classes stand in outputs of their own, as one whose outputs have been joined. */
export interface JoinedHead<H extends HeadSpec = HeadSpec> {
  readonly head: H;
  readonly joins: readonly Join[];
}

/** What is to be joined before a head can be read; nothing for a head whose outputs are whole. */
export function joinsOf(head: HeadSpec): JoinedHead {
  return head.family === 'v8' ? joinsOfV8(head) : { head, joins: [] };
}

function joinsOfV8(head: V8Head): JoinedHead<V8Head> {
  if (head.form === 'decoded') {
    const { scoresOutput, ...whole } = head;
    const axisFromEnd = head.layout === 'rows' ? 1 : 2;
    return { head: whole, joins: scoresOutput === undefined ? [] : [{ boxes: head.output, scores: scoresOutput, axisFromEnd }] };
  }
  const { scoresOutputs, ...whole } = head;
  if (!scoresOutputs) return { head, joins: [] };
  const { places } = head;
  const boxes = places.kind === 'list' ? [places.output] : places.scales.map(({ output }) => output);
  const axisFromEnd = { rows: 1, columns: 2, hwc: 1, chw: 3 }[places.layout];
  return { head: { ...whole, order: 'boxes-first' }, joins: boxes.flatMap((output, i) => joinOf(output, scoresOutputs[i], axisFromEnd)) };
}

function joinOf(boxes: string, scores: string | undefined, axisFromEnd: number): readonly Join[] {
  return scores === undefined ? [] : [{ boxes, scores, axisFromEnd }];
}

/**
 * Outputs with the pairs of a head joined. A pair that is not there, or does not fit together, stays as it is: the head's
 * own check of the shapes then tells what is wrong.
 *
 * @param joined makes one output out of a pair
 */
export function joinOutputs<T extends OutputShape>(joins: readonly Join[], outputs: readonly T[], joined: (boxes: T, scores: T, axisFromEnd: number) => T): readonly T[] {
  return joins.reduce<readonly T[]>((all, { boxes, scores, axisFromEnd }) => {
    const [first, second] = [boxes, scores].map((name) => all.find((output) => output.name === name));
    if (!first || !second || !fitTogether(first.shape, second.shape, axisFromEnd)) return all;
    return all.map((output) => (output === first ? joined(first, second, axisFromEnd) : output));
  }, outputs);
}

export function joinedShape(boxes: OutputShape, scores: OutputShape, axisFromEnd: number): OutputShape {
  const axis = boxes.shape.length - axisFromEnd;
  return { name: boxes.name, shape: boxes.shape.map((side, i) => (i === axis ? side + (scores.shape[i] ?? 0) : side)) };
}

/** Example: rows [[1, 2], [3, 4]] and [[5], [6]] give [[1, 2, 5], [3, 4, 6]]. */
export function joinedRaw(boxes: RawOutput, scores: RawOutput, axisFromEnd: number): RawOutput {
  const joined = joinedShape(boxes, scores, axisFromEnd);
  const axis = boxes.shape.length - axisFromEnd;
  const runs = boxes.shape.slice(0, axis).reduce((product, side) => product * side, 1);
  const data = new Float32Array(boxes.data.length + scores.data.length);
  const [boxRun, scoreRun] = [boxes.data.length / runs, scores.data.length / runs];
  for (let run = 0, at = 0; run < runs; run++, at += boxRun + scoreRun) {
    data.set(boxes.data.subarray(run * boxRun, (run + 1) * boxRun), at);
    data.set(scores.data.subarray(run * scoreRun, (run + 1) * scoreRun), at + boxRun);
  }
  return { ...joined, data };
}

function fitTogether(boxes: readonly number[], scores: readonly number[], axisFromEnd: number): boolean {
  const axis = boxes.length - axisFromEnd;
  return axis >= 0 && boxes.length === scores.length && boxes.every((side, i) => i === axis || side === scores[i]);
}
