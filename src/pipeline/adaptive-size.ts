import type { DetectorTask, TaskName } from './protocol.ts';

/** Input sizes to choose from, small to large, in pixels of the long side. One step changes the pixels by about a third. */
export const sizeSteps: Readonly<Record<DetectorTask, readonly number[]>> = {
  objects: [256, 320, 384, 448, 512],
  faces: [224, 256, 320, 352, 416],
};

export const largestStep = sizeSteps.objects.length - 1;

/** Frames at one size before it may change again: long enough for the average to settle. */
const settleFrames = 8;
const smoothing = 0.25;
/** Too slow above this share of the frame's time; room to grow below the other. Between them nothing moves. */
const tooSlow = 1.1;
const roomToGrow = 0.8;

/** State of the size adaptation; plain data, replaced on every frame. */
export interface AdaptiveSize {
  readonly step: number;
  readonly averageMs: number;
  readonly framesAtStep: number;
}

export const initialSize: AdaptiveSize = { step: largestStep, averageMs: 0, framesAtStep: 0 };

/**
 * Takes the time of one frame into account and moves the size one step at most, so that a frame takes no longer than
 * the chosen rate allows. Example: at 15 frames a second (67 ms) an average of 90 ms goes one step down.
 * Where tasks may wait, `frameMs` is what the frame would take if none did (`timings.wantedMs`): sizes shrink first, and
 * what the scheduler lets wait is never taken for room to grow.
 */
export function adaptSize(state: AdaptiveSize, frameMs: number, targetFps: number): AdaptiveSize {
  const averageMs = state.framesAtStep === 0 ? frameMs : state.averageMs + smoothing * (frameMs - state.averageMs);
  const framesAtStep = state.framesAtStep + 1;
  const settled = { step: state.step, averageMs, framesAtStep };
  if (framesAtStep < settleFrames) return settled;
  const budgetMs = 1000 / targetFps;
  if (averageMs > budgetMs * tooSlow && state.step > 0) return { step: state.step - 1, averageMs, framesAtStep: 0 };
  if (state.step < largestStep && averageMs * growth(state.step) < budgetMs * roomToGrow) {
    return { step: state.step + 1, averageMs, framesAtStep: 0 };
  }
  return settled;
}

/** Long side of every task at a step. */
export function sizesAtStep(step: number): Readonly<Record<DetectorTask, number>> {
  return { objects: sizeAtStep('objects', step), faces: sizeAtStep('faces', step) };
}

/**
 * A size that a person fixed is that of the objects where they are looked for, else of the faces; the other task keeps
 * the same share of its largest. Example: 256 for both is 256 and 208.
 */
export function fixedSizes(sizePx: number, tasks: readonly TaskName[]): Readonly<Record<DetectorTask, number>> {
  const leading = tasks.includes('objects') || tasks.includes('pose') ? 'objects' : 'faces';
  const largest = sizesAtStep(largestStep);
  const share = sizePx / largest[leading];
  return { objects: largest.objects * share, faces: largest.faces * share };
}

/** Long side for a task at a step; a step out of range is the nearest. */
export function sizeAtStep(task: DetectorTask, step: number): number {
  const steps = sizeSteps[task];
  return steps[Math.min(Math.max(step, 0), steps.length - 1)] as number;
}

/** How much longer the next larger size takes, by its pixels. */
function growth(step: number): number {
  return (sizeAtStep('objects', step + 1) / sizeAtStep('objects', step)) ** 2;
}
