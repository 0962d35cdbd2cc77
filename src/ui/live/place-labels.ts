import type { BoxXyxy, Size } from '../../geometry/index.ts';

/** A label that wants a place: the box it names and its own size, in pixels of the view. */
export interface LabelRequest {
  readonly boxPx: BoxXyxy;
  readonly sizePx: Size;
}

/**
 * A place for every label, in the order given (most important first): on top of its box, else inside its top edge or a
 * step below that, under it, or inside its bottom edge. A label lies wholly in the view and never on another label; a label
 * that finds no free place gets null. Of the free places, one that covers nothing of `keepClear` is taken first. Example: a box that touches the view's top edge has its label inside.
 *
 * @param safe part of the view that nothing else covers, in pixels
 * @param keepClear what a label should not hide if it can help it: the faces, in pixels of the view
 * @returns label rectangles in pixels of the view, one per request
 */
export function placeLabels(requests: readonly LabelRequest[], safe: BoxXyxy, keepClear: readonly BoxXyxy[] = []): (BoxXyxy | null)[] {
  const taken: BoxXyxy[] = [];
  return requests.map((request) => {
    const free = candidates(request, safe).filter((place) => within(place, safe) && !taken.some((other) => overlaps(place, other)));
    const best = free.find((place) => !keepClear.some((other) => overlaps(place, other))) ?? free[0];
    if (!best) return null;
    taken.push(best);
    return best;
  });
}

function candidates({ boxPx, sizePx }: LabelRequest, safe: BoxXyxy): BoxXyxy[] {
  const left = clamp(boxPx.x1, safe.x1, safe.x2 - sizePx.width);
  const right = clamp(boxPx.x2 - sizePx.width, safe.x1, safe.x2 - sizePx.width);
  const insideTop = Math.max(boxPx.y1, safe.y1);
  const insideBottom = Math.min(boxPx.y2, safe.y2) - sizePx.height;
  const stepPx = sizePx.height + 2;
  const tops = [boxPx.y1 - sizePx.height, insideTop, insideTop + stepPx, insideTop + 2 * stepPx, boxPx.y2, insideBottom];
  return tops.flatMap((top) => [left, right].map((x) => ({ x1: x, y1: top, x2: x + sizePx.width, y2: top + sizePx.height })));
}

function within(inner: BoxXyxy, outer: BoxXyxy): boolean {
  return inner.x1 >= outer.x1 && inner.y1 >= outer.y1 && inner.x2 <= outer.x2 && inner.y2 <= outer.y2;
}

function overlaps(a: BoxXyxy, b: BoxXyxy): boolean {
  return a.x1 < b.x2 && b.x1 < a.x2 && a.y1 < b.y2 && b.y1 < a.y2;
}

function clamp(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(value, high));
}
