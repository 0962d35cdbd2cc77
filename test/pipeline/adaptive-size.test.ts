import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { adaptSize, fixedSizes, initialSize, largestStep, sizeAtStep, sizesAtStep, sizeSteps } from '../../src/pipeline/adaptive-size.ts';
import { shippedCard } from '../support/node-source.ts';

const at15fps = 15;
const fpsArb = fc.integer({ min: 1, max: 60 });

/** Feeds the same frame time for a number of frames. */
function after(frames: number, frameMs: number, from = initialSize): ReturnType<typeof adaptSize> {
  let state = from;
  for (let i = 0; i < frames; i++) state = adaptSize(state, frameMs, at15fps);
  return state;
}

describe('adaptSize', () => {
  it('goes one step down at 90 ms a frame and 15 frames a second, after it has settled and not before', () => {
    expect(after(7, 90).step).toBe(largestStep);
    expect(after(8, 90).step).toBe(largestStep - 1);
    expect(after(15, 90).step).toBe(largestStep - 1);
    expect(after(16, 90).step).toBe(largestStep - 2);
  });

  it('stays where the budget is just met', () => {
    expect(after(200, 66).step).toBe(largestStep);
    expect(after(200, 73).step).toBe(largestStep);
  });

  it('goes up when the next size would fit with room to spare, and not when it would only just fit', () => {
    const small = { step: 0, averageMs: 0, framesAtStep: 0 };
    // From 256 to 320 a frame takes 1.5625 times as long; 0.8 of 66.7 ms are 53.3 ms.
    expect(after(8, 34, small).step).toBe(1);
    expect(after(200, 35, small).step).toBe(0);
  });

  it('is not moved by one slow frame among fast ones', () => {
    let state = after(20, 60);
    state = adaptSize(state, 100, at15fps);
    for (let i = 0; i < 20; i++) {
      state = adaptSize(state, 60, at15fps);
      expect(state.step).toBe(largestStep);
    }
  });

  it('touches no state that it is given', () => {
    const state = Object.freeze({ step: 2, averageMs: 50, framesAtStep: 30 });
    expect(adaptSize(state, 500, at15fps)).not.toBe(state);
    expect(state).toEqual({ step: 2, averageMs: 50, framesAtStep: 30 });
  });

  it('never leaves the sizes, and moves one step at most', () => {
    const times = fc.array(fc.double({ min: 0, max: 5000, noNaN: true }), { maxLength: 300 });
    fc.assert(
      fc.property(times, fpsArb, fc.nat(largestStep), (frameTimes, fps, step) => {
        let state = { step, averageMs: 0, framesAtStep: 0 };
        for (const frameMs of frameTimes) {
          const next = adaptSize(state, frameMs, fps);
          expect(Math.abs(next.step - state.step)).toBeLessThanOrEqual(1);
          expect(next.step >= 0 && next.step <= largestStep).toBe(true);
          state = next;
        }
      }),
    );
  });

  it('comes to rest on any device whose time is proportional to the pixels, in time or at an end', () => {
    const msPerPixel = fc.double({ min: 1e-6, max: 1e-2, noNaN: true });
    fc.assert(
      fc.property(msPerPixel, fpsArb, fc.nat(largestStep), (speed, fps, start) => {
        const frameMs = (step: number): number => speed * sizeAtStep('objects', step) ** 2;
        let state = { step: start, averageMs: 0, framesAtStep: 0 };
        for (let i = 0; i < 60; i++) state = adaptSize(state, frameMs(state.step), fps);
        const rest = state.step;
        for (let i = 0; i < 200; i++) {
          state = adaptSize(state, frameMs(state.step), fps);
          expect(state.step).toBe(rest);
        }
        const budgetMs = 1000 / fps;
        if (rest > 0) expect(frameMs(rest)).toBeLessThanOrEqual(budgetMs * 1.1 + 1e-9);
        if (rest < largestStep) expect(frameMs(rest + 1)).toBeGreaterThanOrEqual(budgetMs * 0.8 - 1e-9);
      }),
    );
  });
});

describe('sizeAtStep', () => {
  it('rises with the step, is allowed by the card, and ends at its default', () => {
    for (const [task, id] of [['objects', 'objects-centernet'], ['faces', 'faces-tiny-yolov2']] as const) {
      const { multiplePx, minPx, maxPx, defaultPx } = shippedCard(id).input;
      const sizes = sizeSteps[task];
      expect(sizes).toEqual([...sizes].sort((a, b) => a - b));
      for (const px of sizes) expect(px % multiplePx === 0 && px >= minPx && px <= maxPx).toBe(true);
      expect(sizeAtStep(task, largestStep)).toBe(defaultPx);
      expect([sizeAtStep(task, -3), sizeAtStep(task, 99)]).toEqual([sizes[0], sizes.at(-1)]);
    }
  });
});

describe('sizesAtStep', () => {
  it('has every task at its own size', () => {
    expect(sizesAtStep(largestStep)).toEqual({ objects: 512, faces: 416 });
    expect(sizesAtStep(0)).toEqual({ objects: sizeAtStep('objects', 0), faces: sizeAtStep('faces', 0) });
  });
});

describe('fixedSizes', () => {
  it('is that of the objects, and the faces in proportion: 256 for both is 256 and 208', () => {
    expect(fixedSizes(256, ['faces', 'objects'])).toEqual({ objects: 256, faces: 208 });
  });

  it('is that of the faces where they are alone', () => {
    expect(fixedSizes(416, ['faces'])).toEqual({ objects: 512, faces: 416 });
  });
});
