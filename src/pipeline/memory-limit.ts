import { largestStep, sizesAtStep } from './adaptive-size.ts';
import type { DetectorTask } from './protocol.ts';

type Sizes = Readonly<Record<DetectorTask, number>>;

/** How large the inputs may be since memory ran short; plain data, replaced by every shortage. */
export interface MemoryLimit {
  /** Of the adaptive sizes. */
  readonly step: number;
  /** When it was set. */
  readonly sinceMs: number;
  readonly shortages: number;
}

export const noLimit: MemoryLimit = { step: largestStep, sinceMs: 0, shortages: 0 };

/** After so long without a shortage one step is given back; each further shortage doubles it. */
const quietMs = 300_000;
const longestQuietMs = 3_600_000;

/** Memory ran short with inputs of these sizes: from now on they are at least one step smaller. At the smallest there they stay. */
export function afterShortage(limit: MemoryLimit, sizesInUse: Sizes, nowMs: number): MemoryLimit {
  const step = Math.max(0, Math.min(limitAt(limit, nowMs), stepFor(sizesInUse)) - 1);
  return { step, sinceMs: nowMs, shortages: limit.shortages + 1 };
}

/** The largest step that is allowed now. */
export function limitAt({ step, sinceMs, shortages }: MemoryLimit, nowMs: number): number {
  if (shortages === 0) return largestStep;
  const everyMs = Math.min(longestQuietMs, quietMs * 2 ** (shortages - 1));
  return Math.min(largestStep, step + Math.max(0, Math.floor((nowMs - sinceMs) / everyMs)));
}

/** As much of the sizes, in pixels of the long side, as memory allows at a step. */
export function sizesWithin(sizes: Sizes, step: number): Sizes {
  const most = sizesAtStep(step);
  return { objects: Math.min(sizes.objects, most.objects), faces: Math.min(sizes.faces, most.faces) };
}

/** The smallest step at which neither size would be cut. */
function stepFor({ objects, faces }: Sizes): number {
  for (let step = 0; step < largestStep; step++) {
    const most = sizesAtStep(step);
    if (objects <= most.objects && faces <= most.faces) return step;
  }
  return largestStep;
}
