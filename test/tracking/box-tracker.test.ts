import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../src/base/index.ts';
import type { BoxXyxy } from '../../src/geometry/index.ts';
import { BoxTracker } from '../../src/tracking/index.ts';

const options = { hitsToBirth: 2, lostAfterMs: 800 };
const boxOf = (cx: number, cy: number, side: number): BoxXyxy => ({ x1: cx - side / 2, y1: cy - side / 2, x2: cx + side / 2, y2: cy + side / 2 });
const things = (...boxes: readonly BoxXyxy[]): { box: BoxXyxy; classId: number }[] => boxes.map((box) => ({ box, classId: 0 }));
const ids = (tracker: BoxTracker, tMs: number): readonly (number | null)[] => tracker.at(tMs).map(({ id }) => id);

describe('a tracker of boxes', () => {
  it('gives an id at the second look, keeps it over a gap, and lets it go after a while', () => {
    const tracker = new BoxTracker(options);
    tracker.look(things(boxOf(0.3, 0.5, 0.2)), 0);
    expect(ids(tracker, 0)).toEqual([null]);
    tracker.look(things(boxOf(0.3, 0.5, 0.2)), 100);
    expect(ids(tracker, 100)).toEqual([1]);
    tracker.look([], 500);
    expect(tracker.at(500)).toMatchObject([{ id: 1, misses: 1, seenMs: 100 }]);
    tracker.look(things(boxOf(0.3, 0.5, 0.2)), 600);
    expect(tracker.at(600)).toMatchObject([{ id: 1, misses: 0 }]);
    tracker.look([], 1400);
    expect(tracker.at(1400)).toEqual([]);
    tracker.look(things(boxOf(0.3, 0.5, 0.2)), 1500);
    tracker.look(things(boxOf(0.3, 0.5, 0.2)), 1600);
    expect(ids(tracker, 1600), 'a new one').toEqual([2]);
  });

  it('says where a box that moves is while nobody looks', () => {
    const tracker = new BoxTracker(options);
    for (let t = 0; t <= 1000; t += 100) tracker.look(things(boxOf(0.2 + t / 5000, 0.5, 0.1)), t);
    const [track] = tracker.at(1300);
    expect((track!.box.x1 + track!.box.x2) / 2).toBeCloseTo(0.2 + 1300 / 5000, 2);
  });

  it('keeps two that cross apart by where they were going', () => {
    const tracker = new BoxTracker(options);
    let keys: readonly (number | null)[] = [];
    // They pass each other at a little distance; the lists come in any order.
    for (let t = 0; t <= 2000; t += 100) {
      const [right, left] = [boxOf(0.2 + t * 0.0003, 0.45, 0.12), boxOf(0.8 - t * 0.0003, 0.52, 0.12)];
      const turned = (t / 100) % 2 === 1;
      const found = tracker.look(things(...(turned ? [left, right] : [right, left])), t);
      const inOrder = turned ? [...found].reverse() : found;
      if (t > 0) expect(inOrder, `at ${t} ms`).toEqual(keys);
      keys = inOrder;
    }
  });

  it('does not match boxes of different classes or of quite different sizes', () => {
    const tracker = new BoxTracker(options);
    const [first] = tracker.look([{ box: boxOf(0.5, 0.5, 0.2), classId: 1 }], 0);
    const [other, large] = tracker.look([{ box: boxOf(0.5, 0.5, 0.2), classId: 2 }, { box: boxOf(0.5, 0.5, 0.7), classId: 1 }], 50);
    expect(new Set([first, other, large]).size).toBe(3);
  });

  it('follows 30 in a crowd that moves and trembles, and mixes none of them up', () => {
    const tracker = new BoxTracker(options);
    const random = seededRandom(7);
    const places = Array.from({ length: 30 }, (_, i) => ({ x: 0.1 + 0.16 * (i % 6), y: 0.1 + 0.2 * Math.floor(i / 6), vx: 0.1 * (random() - 0.5), vy: 0.1 * (random() - 0.5) }));
    const keysOf: Set<number | null>[] = places.map(() => new Set());
    for (let t = 0; t <= 3000; t += 150) {
      const boxes = places.map(({ x, y, vx, vy }) => boxOf(x + (vx * t) / 1000 + 0.004 * (random() - 0.5), y + (vy * t) / 1000 + 0.004 * (random() - 0.5), 0.1));
      for (const [i, key] of tracker.look(things(...boxes), t).entries()) keysOf[i]!.add(key);
    }
    expect(keysOf.map(({ size }) => size)).toEqual(places.map(() => 1));
  });

  it('forgets what it followed when time runs backwards, and counts on', () => {
    const tracker = new BoxTracker({ ...options, hitsToBirth: 1 });
    tracker.look(things(boxOf(0.3, 0.5, 0.2)), 5000);
    tracker.look(things(boxOf(0.3, 0.5, 0.2)), 0);
    expect(ids(tracker, 0)).toEqual([2]);
    tracker.reset();
    tracker.look(things(boxOf(0.3, 0.5, 0.2)), 0);
    expect(ids(tracker, 0), 'a new source counts from 1').toEqual([1]);
  });

  it('gives each box a key of its own and finite boxes, whatever it is shown', () => {
    const number = fc.oneof(fc.double({ min: -2, max: 3, noNaN: true }), fc.constant(Number.NaN), fc.constant(Infinity));
    const box = fc.record({ x1: number, y1: number, x2: number, y2: number });
    const look = fc.record({ boxes: fc.array(box, { maxLength: 8 }), gapMs: fc.integer({ min: -100, max: 900 }) });
    fc.assert(
      fc.property(fc.array(look, { maxLength: 12 }), (looks) => {
        const tracker = new BoxTracker(options);
        let tMs = 1000;
        for (const { boxes, gapMs } of looks) {
          tMs += gapMs;
          const keys = tracker.look(boxes.map((each) => ({ box: each, classId: 0 })), tMs).filter((key) => key !== null);
          expect(new Set(keys).size).toBe(keys.length);
          for (const track of tracker.at(tMs + 200)) expect(Object.values<number>({ ...track.box }).every(Number.isFinite)).toBe(true);
        }
      }),
    );
  });
});
