import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diou, diouNms } from '../../src/geometry/index.ts';
import type { Row } from './arbitraries.ts';
import { candidatesOf, crowdedRows } from './arbitraries.ts';

const row = (x1: number, x2: number, score: number, classId = 0): Row => ({ box: { x1, y1: 0, x2, y2: 1 }, score, classId });

/** The rule as it is written down, in the plainest way. */
function slowly(rows: readonly Row[], diouThreshold: number, classAgnostic: boolean): number[] {
  const order = rows.map((_, i) => i).sort((a, b) => rows[b]!.score - rows[a]!.score || a - b);
  const kept: number[] = [];
  for (const i of order) {
    const rivals = kept.filter((k) => classAgnostic || rows[k]!.classId === rows[i]!.classId);
    if (rivals.every((k) => diou(rows[k]!.box, rows[i]!.box) <= diouThreshold)) kept.push(i);
  }
  return kept;
}

describe('diouNms', () => {
  it('spares a box whose centre is elsewhere: IoU 1/2 falls at 0.45 in plain NMS, not here', () => {
    // Centres 1 apart, hull 4 wide and 1 high: 1/2 - 1/17 = 0.441.
    const pair = candidatesOf([row(0, 3, 0.9), row(1, 4, 0.8)]);
    expect(diouNms(pair, { diouThreshold: 0.45, maxBoxes: 10 })).toEqual([0, 1]);
    expect(diouNms(pair, { diouThreshold: 0.44, maxBoxes: 10 })).toEqual([0]);
  });

  it('lets boxes of different classes be, unless told to compare all; stops at the most boxes', () => {
    const rows = candidatesOf([row(0, 10, 0.5, 0), row(0, 10, 0.9, 1), row(20, 30, 0.1, 0)]);
    expect(diouNms(rows, { diouThreshold: 0.5, maxBoxes: 10 })).toEqual([1, 0, 2]);
    expect(diouNms(rows, { diouThreshold: 0.5, maxBoxes: 10, classAgnostic: true })).toEqual([1, 2]);
    expect(diouNms(rows, { diouThreshold: 0.5, maxBoxes: 1 })).toEqual([1]);
  });

  it('does what the rule says, on crowded boxes with ties and broken ones among them', () => {
    const broken: readonly Row[] = [row(NaN, 2, 1), row(5, 5, 1), row(0, Infinity, 1)];
    fc.assert(
      fc.property(crowdedRows, fc.constantFrom(-0.2, 0, 0.25, 0.5, 1), fc.boolean(), (rows, diouThreshold, classAgnostic) => {
        const found = diouNms(candidatesOf([...broken, ...rows]), { diouThreshold, classAgnostic, maxBoxes: 1000 });
        expect(found.map((i) => i - broken.length)).toEqual(slowly(rows, diouThreshold, classAgnostic));
      }),
      { numRuns: 200 },
    );
  });
});
