import { expect, it } from 'vitest';
import { FaultRow } from '../../src/pipeline/fault-row.ts';
import type { FrameResult, TaskName } from '../../src/pipeline/index.ts';

function frame(ran: readonly TaskName[], failed: readonly TaskName[]): Pick<FrameResult, 'runs' | 'faults'> {
  return {
    runs: ran.map((task) => ({ task, inputSize: { width: 1, height: 1 }, timings: { preprocessMs: 0, modelMs: 0, postprocessMs: 0 } })),
    faults: failed.map((task) => ({ task, failure: { code: 'model-threw', detail: 'no shader' } })),
  };
}

it('doubts an engine on which a task fails three times in a row, whatever else runs and whatever waits meanwhile', () => {
  const row = new FaultRow();
  const frames = [frame([], ['faces']), frame(['objects'], []), frame([], []), frame(['objects'], ['faces']), frame(['objects'], ['faces'])];
  expect(frames.map((each) => row.add(each))).toEqual([null, null, null, null, { code: 'backend-wrong-numbers', detail: 'faces failed 3 times in a row: no shader' }]);
});

it('forgives a task that runs well in between, and counts anew after each doubt', () => {
  const row = new FaultRow();
  const bad = frame([], ['faces']);
  expect([bad, bad, frame(['faces'], []), bad, bad].map((each) => row.add(each)?.code ?? null)).toEqual([null, null, null, null, null]);
  expect([bad, bad, bad, bad].map((each) => row.add(each)?.code ?? null)).toEqual(['backend-wrong-numbers', null, null, 'backend-wrong-numbers']);
});
