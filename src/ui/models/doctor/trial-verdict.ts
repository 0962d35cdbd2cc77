import { unitToPx } from '../../../geometry/index.ts';
import type { FrameResult } from '../../../pipeline/index.ts';
import { sensibleShare } from '../../../yolo/index.ts';

/**
 * What a trial says about the reading of a model.
 * - `plausible`: some boxes. `nothing`: none, which an unknown picture explains as well as a wrong reading.
 * - `everywhere`: as many boxes as are reported at most: the outputs are most probably read in a wrong way.
 * - `senseless`: most boxes are too small, too large or outside to be an answer.
 * - `not-finite`, `threw`: the run failed.
 */
export type TrialVerdict = 'plausible' | 'nothing' | 'senseless' | 'everywhere' | 'not-finite' | 'threw';

/** A detector reports 100 boxes at most. */
const suspiciousBoxes = 90;

/** A person at the far end of a street is small too: some such boxes are no reason for doubt. */
const leastSensible = 0.5;

/** Whether the outputs may be read in a wrong way. */
export function mayBeMisread(result: FrameResult): boolean {
  const verdict = verdictOf(result);
  return verdict !== 'plausible' && verdict !== 'threw';
}

export function verdictOf({ objects, faces, faults, size }: FrameResult): TrialVerdict {
  const [fault] = faults;
  if (fault) return fault.failure.code === 'non-finite-output' ? 'not-finite' : 'threw';
  const found = [...objects, ...faces].map(({ score, box }) => ({ score, boxPx: unitToPx(box, size) }));
  if (found.length === 0) return 'nothing';
  if (found.length >= suspiciousBoxes) return 'everywhere';
  return sensibleShare(found, size) < leastSensible ? 'senseless' : 'plausible';
}
