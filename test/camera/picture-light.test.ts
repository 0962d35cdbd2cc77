import { describe, expect, it } from 'vitest';
import { coverAfter, lightOf, notCovered } from '../../src/camera/index.ts';

describe('a covered camera', () => {
  const black = lightOf(new Uint8Array(64).fill(9), 0);
  const room = lightOf(Uint8Array.from({ length: 64 }, (_, at) => at * 3), 0);
  const after = (frames: readonly (readonly [typeof black, number])[]) => frames.reduce((state, [light, tMs]) => coverAfter(state, { ...light, tMs }), notCovered);

  it('is told after five dark, even seconds, and over after a clear one', () => {
    expect(after([[black, 0], [black, 4900]]).isCovered).toBe(false);
    expect(after([[black, 0], [black, 5000]]).isCovered).toBe(true);
    expect(after([[black, 0], [black, 5000], [room, 5100], [room, 6000]]).isCovered).toBe(true);
    expect(after([[black, 0], [black, 5000], [room, 5100], [room, 6200]]).isCovered).toBe(false);
  });

  it('is no person who walks by, and no dark room with a window', () => {
    expect(after([[black, 0], [black, 3000], [room, 3100], [black, 3200], [black, 6000]]).isCovered).toBe(false);
    const night = { mean: 12, spread: 15, tMs: 0 };
    expect(after([[night, 0], [night, 9000]]).isCovered).toBe(false);
  });
});
