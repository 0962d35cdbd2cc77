import type { BoxXyxy, Region, Size } from '../../geometry/index.ts';
import type { PointList } from '../../landmarks/index.ts';
import type { FoundPoints } from '../../landmarks/tf.ts';
import type { OneEuroOptions } from '../../tracking/index.ts';
import { OneEuroFilter } from '../../tracking/index.ts';
import { insideOf, movedPoints } from './point-geometry.ts';

/**
 * Speeds are sizes of the face or body per second. At rest points tremble by about a hundredth of it between frames;
 * a nod or a wave moves them by more than one a second.
 */
const smoothing: OneEuroOptions = { minCutoffHz: 1.5, beta: 25, derivativeCutoffHz: 1 };

/** The points of one kind of one face or body, from frame to frame: smoothed, and moved along while nobody looks. */
export class PointTrail {
  readonly #xy = new OneEuroFilter(smoothing);
  readonly #z = new OneEuroFilter(smoothing);
  #list: PointList | null = null;
  #region: Region | null = null;
  /** Where the track was when the points were found. */
  #box: BoxXyxy | null = null;
  #lookedMs = Number.NEGATIVE_INFINITY;

  get lookedMs(): number {
    return this.#lookedMs;
  }

  /** Where to look for the points now that the track is at `box`; null before they were found. */
  regionAt(box: BoxXyxy, frame: Size): Region | null {
    if (!this.#region || !this.#box) return null;
    const shiftX = ((box.x1 + box.x2 - this.#box.x1 - this.#box.x2) / 2) * frame.width;
    const shiftY = ((box.y1 + box.y2 - this.#box.y1 - this.#box.y2) / 2) * frame.height;
    const { centrePx } = this.#region;
    return { ...this.#region, centrePx: { x: centrePx.x + shiftX, y: centrePx.y + shiftY } };
  }

  /** Takes points that were found now. @param size of the face or body, in 0..1 of the frame */
  take({ points, region }: FoundPoints, tMs: number, size: Size): PointList {
    const xy = this.#xy.next(points.xy, tMs, [size.width, size.height]);
    const z = points.z && this.#z.next(points.z, tMs, [size.width]);
    this.#list = { ...points, xy, z, inside: insideOf(xy) };
    this.#region = region;
    this.#lookedMs = tMs;
    return this.#list;
  }

  /** A look that found nothing has been a look. */
  miss(tMs: number): void {
    this.forget();
    this.#lookedMs = tMs;
  }

  /** Notes where the track is at the time of the points. */
  anchor(box: BoxXyxy, tMs: number): void {
    if (this.#lookedMs === tMs) this.#box = box;
  }

  /** The points now that the track is at `box`. */
  listAt(box: BoxXyxy, tMs: number): PointList | null {
    if (!this.#list || !this.#box || this.#lookedMs === tMs) return this.#list;
    return movedPoints(this.#list, this.#box, box);
  }

  forget(): void {
    this.#list = null;
    this.#region = null;
    this.#box = null;
    this.#xy.reset();
    this.#z.reset();
  }
}
