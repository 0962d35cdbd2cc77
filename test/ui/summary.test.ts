import { describe, expect, it } from 'vitest';
import { chooseFit } from '../../src/ui/live/choose-fit.ts';
import { countClasses, countsKey } from '../../src/ui/live/count-classes.ts';
import { SeenRate } from '../../src/ui/live/seen-rate.ts';
import { SpokenSummary } from '../../src/ui/live/spoken-summary.ts';
import { LastRuns } from '../../src/ui/live/last-runs.ts';
import type { FrameResult, TaskName, TaskRun } from '../../src/pipeline/index.ts';

const box = { x1: 0.1, y1: 0.1, x2: 0.4, y2: 0.9 };

function resultOf(classIds: readonly number[], faces: number): FrameResult {
  return {
    frameId: 1,
    tMs: 0,
    size: { width: 640, height: 480 },
    objects: classIds.map((classId) => ({ classId, label: `c${classId}`, score: 0.5, box, trackId: null })),
    faces: Array.from({ length: faces }, () => ({ score: 0.9, box, trackId: null, landmarks: null, mesh: null, facts: null, evidence: null })),
    poses: [],
    runs: [],
    faults: [],
    timings: { totalMs: 1 },
    dropped: 0,
    backend: 'wasm',
  };
}

describe('countClasses', () => {
  it('counts by class, most first, faces last', () => {
    const counts = countClasses(resultOf([41, 0, 0, 16], 2));
    expect(counts.map(({ label, count }) => [label, count])).toEqual([['c0', 2], ['c16', 1], ['c41', 1], ['face', 2]]);
  });

  it('takes a body for a person, and for the same one where the object model sees them too', () => {
    const pose = { score: 0.9, box, trackId: null, points: { xy: new Float32Array(34), z: null, scores: new Float32Array(17), inside: new Uint8Array(17) } };
    const facts = { posture: 'not-sure', postureConfidence: 0, leftHandRaised: false, rightHandRaised: false } as const;
    const poses = [pose, pose, pose].map((each) => ({ ...each, facts }));
    const counted = (labels: readonly string[]): [string, number][] => {
      const objects = labels.map((label, classId) => ({ classId, label, score: 0.5, box, trackId: null }));
      return countClasses({ ...resultOf([], 0), objects, poses }).map(({ label, count }) => [label, count]);
    };
    expect(counted([])).toEqual([['person', 3]]);
    expect(counted(['person', 'dog'])).toEqual([['person', 3], ['dog', 1]]);
  });

  it('has the same key for the same things in another order', () => {
    expect(countsKey(countClasses(resultOf([1, 0, 0], 0)))).toBe(countsKey(countClasses(resultOf([0, 1, 0], 0))));
    expect(countsKey(countClasses(resultOf([0], 1)))).not.toBe(countsKey(countClasses(resultOf([0], 0))));
  });
});

describe('SpokenSummary', () => {
  it('says changes only, at most one in three seconds', () => {
    const summary = new SpokenSummary();
    expect(summary.offer('a person', 0)).toBe('a person');
    expect(summary.offer('a person', 5000)).toBeNull();
    expect(summary.offer('a dog', 5100)).toBe('a dog');
    expect(summary.offer('a cat', 7000)).toBeNull();
    expect(summary.offer('a cat', 8200)).toBe('a cat');
  });

  it('does not say the same words again within ten seconds', () => {
    const summary = new SpokenSummary();
    summary.offer('a', 0);
    summary.offer('b', 4000);
    expect(summary.offer('a', 8000)).toBeNull();
    expect(summary.offer('a', 10_000)).toBe('a');
  });
});

describe('LastRuns', () => {
  const run = (task: TaskName, modelMs: number): TaskRun => ({ task, inputSize: { width: 1, height: 1 }, timings: { preprocessMs: 0, modelMs, postprocessMs: 0 } });
  const told = (last: LastRuns, tMs: number, runs: readonly TaskRun[]): [TaskName, number][] =>
    last.after({ ...resultOf([], 0), tMs, runs }).map(({ task, timings }) => [task, timings.modelMs]);

  it('holds what took its turn on an earlier frame, in the order of the switches', () => {
    const last = new LastRuns();
    expect(told(last, 0, [run('pose', 1), run('objects', 2)])).toEqual([['objects', 2], ['pose', 1]]);
    expect(told(last, 100, [run('mesh', 3)])).toEqual([['objects', 2], ['mesh', 3], ['pose', 1]]);
    expect(told(last, 200, [run('pose', 4)])).toEqual([['objects', 2], ['mesh', 3], ['pose', 4]]);
  });

  it('forgets what no longer runs, and all of an earlier source', () => {
    const last = new LastRuns();
    told(last, 0, [run('objects', 1)]);
    // A slow machine: long ago, but few frames ago.
    expect(told(last, 3500, [run('faces', 2)])).toEqual([['objects', 1], ['faces', 2]]);
    for (let tMs = 3600; tMs < 4800; tMs += 100) told(last, tMs, [run('faces', 2)]);
    expect(told(last, 4800, [])).toEqual([['faces', 2]]);
    expect(told(last, 20, [run('pose', 3)])).toEqual([['pose', 3]]);
  });
});

describe('SeenRate', () => {
  it('gives pictures per second over the last second, and starts anew', () => {
    const rate = new SeenRate();
    expect(rate.at(0, 0)).toBeNull();
    expect(rate.at(15, 500)).toBeNull();
    expect(rate.at(30, 1000)).toBe(30);
    expect(rate.at(40, 2000)).toBe(10);
    rate.reset();
    expect(rate.at(0, 3000)).toBeNull();
  });
});

describe('chooseFit', () => {
  it('fills where most of the frame stays visible, else shows all of it', () => {
    expect(chooseFit({ width: 960, height: 1280 }, { width: 390, height: 844 })).toBe('cover');
    expect(chooseFit({ width: 640, height: 480 }, { width: 390, height: 844 })).toBe('contain');
    expect(chooseFit({ width: 1280, height: 720 }, { width: 940, height: 800 })).toBe('cover');
  });
});
