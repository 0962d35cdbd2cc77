import type { Affine } from '../../../geometry/index.ts';
import type { Part, PointList } from '../../../landmarks/index.ts';

export type Context = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

/** The dark line under every light one, so that points show on any picture. */
export const inkUnder = 'rgb(14 17 22 / 0.6)';

/**
 * Adds points and lines of points to a context's path, in pixels of the view. It makes no object for a point: a crowd with
 * meshes has ten thousand of them in a frame.
 */
export class PointPen {
  readonly context: Context;
  /** Pixels of the view for a pixel of line width: 1 on a screen, more in a large snapshot. */
  readonly unitPx: number;
  readonly #map: Affine;

  /** @param map from 0..1 of the frame to pixels of the view */
  constructor(context: Context, map: Affine, unitPx: number) {
    this.context = context;
    this.unitPx = unitPx;
    this.#map = map;
  }

  /** Pixels of the view. A point that the list does not have is NaN, which canvas paths pass over. */
  x({ xy }: PointList, index: number): number {
    return this.#map.a * (xy[2 * index] ?? NaN) + this.#map.c * (xy[2 * index + 1] ?? NaN) + this.#map.e;
  }

  y({ xy }: PointList, index: number): number {
    return this.#map.b * (xy[2 * index] ?? NaN) + this.#map.d * (xy[2 * index + 1] ?? NaN) + this.#map.f;
  }

  /**
   * A smooth line through the points of a part: Catmull-Rom as cubic Béziers. Where a point is outside of the frame the line
   * has a gap.
   */
  line(points: PointList, { indices, closed }: Part): void {
    const count = indices.length;
    const at = (step: number): number => indices[closed ? (step + count) % count : Math.max(0, Math.min(step, count - 1))] ?? 0;
    let down = false;
    for (let step = 0; step < (closed ? count : count - 1); step++) {
      const from = at(step);
      const to = at(step + 1);
      if (points.inside[from] !== 1 || points.inside[to] !== 1) {
        down = false;
        continue;
      }
      const [x1, y1, x2, y2] = [this.x(points, from), this.y(points, from), this.x(points, to), this.y(points, to)];
      if (!down) this.context.moveTo(x1, y1);
      down = true;
      const before = at(step - 1);
      const after = at(step + 2);
      this.context.bezierCurveTo(
        x1 + (x2 - this.x(points, before)) / 6,
        y1 + (y2 - this.y(points, before)) / 6,
        x2 - (this.x(points, after) - x1) / 6,
        y2 - (this.y(points, after) - y1) / 6,
        x2,
        y2,
      );
    }
  }

  /**
   * A square about every `step`th point in the frame: at this size the eye takes it for a dot, and it costs less than a
   * circle.
   */
  dots(points: PointList, step: number, sidePx: number): void {
    const half = sidePx / 2;
    for (let index = 0; index < points.inside.length; index += step) {
      if (points.inside[index] === 1) this.context.rect(this.x(points, index) - half, this.y(points, index) - half, sidePx, sidePx);
    }
  }

  /** Strokes the path twice: dark and wider, then in its colour. */
  stroke(widthPx: number, colour: string): void {
    const { context } = this;
    context.lineWidth = widthPx + Math.min(widthPx, 1.5 * this.unitPx);
    context.strokeStyle = inkUnder;
    context.stroke();
    context.lineWidth = widthPx;
    context.strokeStyle = colour;
    context.stroke();
  }
}
