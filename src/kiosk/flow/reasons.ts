import type { DoorReason } from '../../faces/index.ts';
import type { TryAgainReason } from '../snapshot.ts';
import type { FlowContext, Judged } from './context.ts';

/** The one reason that people are told: of the person what they can change, never whom the face nearly was. */
export function reasonOf(judged: Judged | null): TryAgainReason {
  if (!judged || judged.state === 'granted') return 'cannot-see';
  if (judged.state === 'failed') return 'not-now';
  return told[judged.reasons[0] ?? 'no-frames'];
}

/** Codes for the record. */
export function recordedReasons({ judged, visit }: Pick<FlowContext, 'judged' | 'visit'>): readonly string[] {
  if (judged?.state === 'failed') return [judged.code];
  if (judged && judged.state !== 'granted') return judged.reasons;
  return visit ? ['no-decision'] : ['no-frames'];
}

const told: Readonly<Record<DoorReason, TryAgainReason>> = {
  'no-frames': 'cannot-see',
  stale: 'cannot-see',
  'too-few-frames': 'cannot-see',
  'too-short': 'cannot-see',
  'poor-shots': 'cannot-see',
  'several-faces': 'cannot-see',
  'another-face': 'cannot-see',
  'liveness-open': 'not-living',
  'liveness-failed': 'not-living',
  'not-recognised': 'not-recognised',
  ambiguous: 'not-recognised',
  contradicted: 'not-recognised',
  'not-claimed': 'not-recognised',
  'other-model': 'not-now',
  'not-finite': 'not-now',
  'policy-invalid': 'not-now',
};
