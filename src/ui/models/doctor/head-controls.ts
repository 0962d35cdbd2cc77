import type { HeadSpec } from '../../../yolo/index.ts';

/** Numbers of a reading that no shape tells, which a person may know from the network's own description. */
export const headNumbers = {
  /** How far a centre may leave its cell (darknet's `scale_x_y`). */
  scaleXY: { least: 1, most: 4, step: 0.05 },
  objectnessPower: { least: 0.05, most: 4, step: 0.05 },
  classPower: { least: 0.05, most: 4, step: 0.05 },
} as const;

export type HeadNumber = keyof typeof headNumbers;

/** The number in a head, of its finest grid where each grid has one; null for a head without it. */
export function numberOf(head: HeadSpec, name: HeadNumber): number | null {
  if (name === 'scaleXY') return head.family === 'v3' ? (head.scales[0]?.scaleXY ?? null) : null;
  return head.family === 'fastestdet' ? head[name] : null;
}

/** The head with another number, on every grid; null when the number is out of its bounds or the head has none such. */
export function withNumber(head: HeadSpec, name: HeadNumber, value: number): HeadSpec | null {
  const { least, most } = headNumbers[name];
  if (!(value >= least && value <= most)) return null;
  if (name === 'scaleXY') return head.family === 'v3' ? { ...head, scales: head.scales.map((scale) => ({ ...scale, scaleXY: value })) } : null;
  return head.family === 'fastestdet' ? { ...head, [name]: value } : null;
}
