import type { Candidates } from './candidates.ts';

/** Area of each candidate; 0 for a degenerate or non-finite box. */
export function candidateAreas({ boxes, count }: Candidates): Float64Array {
  const areas = new Float64Array(count);
  for (let i = 0, at = 0; i < count; i++, at += 4) {
    const w = (boxes[at + 2] as number) - (boxes[at] as number);
    const h = (boxes[at + 3] as number) - (boxes[at + 1] as number);
    areas[i] = w > 0 && h > 0 && Number.isFinite(w * h) ? w * h : 0;
  }
  return areas;
}

/** Indices of the candidates that have an area and a finite score: highest score first, ties to the lower index. */
export function bestFirst({ scores, count }: Candidates, areas: Float64Array): number[] {
  const order: number[] = [];
  for (let i = 0; i < count; i++) {
    if ((areas[i] as number) > 0 && Number.isFinite(scores[i])) order.push(i);
  }
  return order.sort((a, b) => (scores[b] as number) - (scores[a] as number) || a - b);
}
