import type { HeadGuess, HeadSpec } from '../../../yolo/index.ts';

/** The parts of a reading that a person may turn by themselves. */
export const headSwitches = {
  coordinates: ['px', 'unit'],
  logistic: ['applied', 'needed'],
  boxes: ['centre', 'corners'],
} as const satisfies Record<string, readonly string[]>;

export type HeadSwitch = keyof typeof headSwitches;

/** Where a switch of a head stands; null for a head that has no such switch. */
export function switchOf(head: HeadSpec, name: HeadSwitch): string | null {
  const value: unknown = Object.entries(head).find(([key]) => key === name)?.[1];
  return headSwitches[name].find((choice) => choice === value) ?? null;
}

/** The head with one switch turned. The caller knows that the head has it. */
export function turned(head: HeadSpec, name: HeadSwitch, value: string): HeadSpec {
  return { ...head, [name]: value };
}

/** The readings without those that only differ in their switches or anchors: the likeliest of each kind. */
export function distinctGuesses(guesses: readonly HeadGuess[]): readonly HeadGuess[] {
  const seen = new Set<string>();
  return guesses.filter(({ head }) => {
    const shape = shapeOf(head);
    return !seen.has(shape) && seen.add(shape);
  });
}

/** Whether two heads are the same reading, whatever their switches and anchors. */
export function isSameReading(a: HeadSpec, b: HeadSpec): boolean {
  return shapeOf(a) === shapeOf(b);
}

/** Width and height of all anchors, one line per scale; null for a head without anchors. Example: "10,13, 16,30". */
export function anchorsText(head: HeadSpec): string | null {
  return anchorsOf(head)?.map((scale) => scale.map(([w, h]) => `${w},${h}`).join(', ')).join('\n') ?? null;
}

/** The head with other anchors, as many as it has; null when the text does not hold as many pairs of positive numbers. */
export function withAnchors(head: HeadSpec, text: string): HeadSpec | null {
  const numbers = text.split(/[\s,;]+/).filter((part) => part !== '').map(Number);
  const scales = anchorsOf(head);
  const wanted = scales?.reduce((sum, scale) => sum + 2 * scale.length, 0);
  if (!scales || numbers.length !== wanted || !numbers.every((side) => Number.isFinite(side) && side > 0)) return null;
  let at = 0;
  const given = scales.map((scale) => scale.map((): [number, number] => [numbers[at++] as number, numbers[at++] as number]));
  if (head.family === 'v2') return { ...head, anchors: given[0] ?? [] };
  if (head.family === 'v3') return { ...head, scales: head.scales.map((scale, i) => ({ ...scale, anchors: given[i] ?? [] })) };
  if (head.family === 'v5' && head.form === 'grid') return { ...head, scales: head.scales.map((scale, i) => ({ ...scale, anchors: given[i] ?? [] })) };
  return null;
}

function anchorsOf(head: HeadSpec): readonly (readonly (readonly [number, number])[])[] | null {
  if (head.family === 'v2') return [head.anchors];
  if (head.family === 'v3' || (head.family === 'v5' && head.form === 'grid')) return head.scales.map(({ anchors }) => anchors);
  return null;
}

function shapeOf(head: HeadSpec): string {
  return JSON.stringify(head, (key, value: unknown) => (key in headSwitches || key === 'anchors' ? undefined : value));
}
