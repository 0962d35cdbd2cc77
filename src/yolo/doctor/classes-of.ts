import type { OutputShape } from '../decode/raw-output.ts';
import type { HeadSpec } from '../heads/read-head.ts';

/** How many classes a head tells apart; null when neither it nor its outputs say. */
export function classesOf(head: HeadSpec, outputs: readonly OutputShape[]): number | null {
  const channelsOf = (name: string, axis: number): number | undefined => outputs.find((output) => output.name === name)?.shape.at(axis);
  switch (head.family) {
    case 'end2end':
      return null;
    case 'centre':
      return channelsOf(head.scoresNode, -1) ?? null;
    case 'v2': {
      const channels = channelsOf(head.outputLayer, head.layout === 'chw' ? -3 : -1);
      return channels === undefined ? null : Math.max(1, channels / head.anchors.length - 5);
    }
    default:
      return head.classes;
  }
}
