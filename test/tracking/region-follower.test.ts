import { describe, expect, it } from 'vitest';
import type { BoxXyxy } from '../../src/geometry/index.ts';
import { inTurn, mergeDoubles, RegionFollower } from '../../src/tracking/index.ts';

const options = { hitsToBirth: 2, lostAfterMs: 900, searchMs: 400, retryMs: 120, most: 4, doubles: { iou: 0.4, within: 0.75 } };
const boxOf = (cx: number, cy: number, side: number): BoxXyxy => ({ x1: cx - side / 2, y1: cy - side / 2, x2: cx + side / 2, y2: cy + side / 2 });
const face = { box: boxOf(0.3, 0.4, 0.2) };

/** Streams frames of 50 ms in which `sight` is what points say; @returns the times at which the detector was due */
function dueTimes(follower: RegionFollower, untilMs: number, sees: (tMs: number) => readonly { box: BoxXyxy }[], sight: 'sure' | 'unsure' | 'refused'): readonly number[] {
  const due: number[] = [];
  for (let t = 0; t <= untilMs; t += 50) {
    if (follower.detectionDue(t)) {
      due.push(t);
      follower.look(sees(t), t);
    }
    for (const { key, box } of follower.lookable(t)) {
      if (sight === 'refused') follower.refuse(key);
      else follower.see(key, box, t, sight);
    }
  }
  return due;
}

describe('a follower of regions', () => {
  it('asks for the detector on every frame while nobody is there', () => {
    expect(dueTimes(new RegionFollower(options), 300, () => [], 'sure')).toEqual([0, 50, 100, 150, 200, 250, 300]);
  });

  it('asks every 400 ms while everybody is seen by their points', () => {
    expect(dueTimes(new RegionFollower(options), 1200, () => [face], 'sure')).toEqual([0, 400, 800, 1200]);
  });

  it('asks sooner when somebody was lost, and until they are found or given up', () => {
    const follower = new RegionFollower(options);
    const due = dueTimes(follower, 2000, (t) => (t < 500 ? [face] : []), 'unsure');
    // Certain after the second look, missed at 550, gone 900 ms after they were last seen, and then looked for on every frame.
    expect(due.slice(0, 4)).toEqual([0, 150, 550, 700]);
    expect(follower.tracks(2000)).toEqual([]);
    expect(due.at(-1)! - due.at(-2)!).toBe(50);
  });

  it('lets a sure sight outlive the detector, which misses a face from the side', () => {
    const follower = new RegionFollower(options);
    dueTimes(follower, 3000, (t) => (t < 500 ? [face] : []), 'sure');
    expect(follower.tracks(3000)).toMatchObject([{ id: 1, misses: 0 }]);
  });

  it('looks no more at what was refused until the detector confirms it, and does not hurry for a picture on the wall', () => {
    const follower = new RegionFollower(options);
    follower.look([face], 0);
    const [track] = follower.lookable(0);
    follower.refuse(track!.key);
    expect(follower.lookable(0)).toEqual([]);
    expect(follower.detectionDue(150), 'it may have gone away').toBe(true);
    follower.look([face], 150);
    expect(follower.lookable(150)).toHaveLength(1);
    follower.refuse(track!.key);
    expect(follower.detectionDue(300)).toBe(false);
    expect(follower.detectionDue(550)).toBe(true);
  });

  it('finds somebody new within half a second', () => {
    const follower = new RegionFollower(options);
    dueTimes(follower, 2000, (t) => (t < 1010 ? [face] : [face, { box: boxOf(0.7, 0.4, 0.2) }]), 'sure');
    expect(follower.tracks(2000)).toMatchObject([{ id: 1 }, { id: 2, bornMs: 1200 }]);
  });

  it('follows the largest up to its limit, and counts two looks at one face once', () => {
    const follower = new RegionFollower(options);
    const crowd = [0.05, 0.1, 0.02, 0.08, 0.03, 0.12].map((side, i) => ({ box: boxOf(0.1 + 0.15 * i, 0.5, side), side }));
    const found = follower.look([...crowd, { box: boxOf(0.855, 0.5, 0.11), side: 0.11 }], 0);
    expect([...found.values()].map(({ side }) => side)).toEqual([0.12, 0.1, 0.08, 0.05]);
  });

  it('keeps the elder of two tracks that came to be on one face', () => {
    const follower = new RegionFollower(options);
    const other = { box: boxOf(0.7, 0.4, 0.2) };
    const [first, second] = [...follower.look([face, other], 0).keys()];
    follower.see(second!, boxOf(0.31, 0.4, 0.2), 50, 'sure');
    follower.see(second!, boxOf(0.31, 0.4, 0.2), 60, 'sure');
    expect(follower.dropDoubles(60)).toEqual([second]);
    expect(follower.tracks(60).map(({ key }) => key)).toEqual([first]);
  });
});

describe('doubles', () => {
  it('are boxes that overlap by much, or that lie within another of about their size', () => {
    const rule = { iou: 0.4, within: 0.75 };
    const [a, inner, tiny, beside] = [boxOf(0.5, 0.5, 0.2), boxOf(0.52, 0.5, 0.12), boxOf(0.5, 0.5, 0.05), boxOf(0.66, 0.5, 0.2)];
    expect(mergeDoubles([{ box: a }, { box: inner }, { box: tiny }, { box: beside }], rule).map(({ box }) => box)).toEqual([a, tiny, beside]);
  });
});

describe('turns', () => {
  it('give everybody a look in as many frames as it takes', () => {
    const lookedMs = new Map<number, number>();
    const keys = Array.from({ length: 30 }, (_, i) => i);
    const counts = new Map<number, number>();
    for (let frame = 0; frame < 20; frame++) {
      const waiting = keys.map((key) => ({ key, box: boxOf(0.5, 0.5, 0.01 + key / 100), lookedMs: lookedMs.get(key) ?? Number.NEGATIVE_INFINITY }));
      for (const key of inTurn(waiting, 3)) {
        lookedMs.set(key, frame);
        counts.set(key, (counts.get(key) ?? 0) + 1);
      }
    }
    expect([...counts.values()]).toEqual(keys.map(() => 2));
  });

  it('give the largest the first look', () => {
    const waiting = [0.1, 0.3, 0.2].map((side, key) => ({ key, box: boxOf(0.5, 0.5, side), lookedMs: Number.NEGATIVE_INFINITY }));
    expect(inTurn(waiting, 2)).toEqual([1, 2]);
  });
});
