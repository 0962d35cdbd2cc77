import type { FrameResult } from '../../../pipeline/index.ts';

/**
 * What a trial says about the reading of a model.
 * - `plausible`: some boxes. `nothing`: none, which an unknown picture explains as well as a wrong reading.
 * - `everywhere`: as many boxes as are reported at most: the outputs are most probably read in a wrong way.
 * - `not-finite`, `threw`: the run failed.
 */
export type TrialVerdict = 'plausible' | 'nothing' | 'everywhere' | 'not-finite' | 'threw';

/** A detector reports 100 boxes at most. */
const suspiciousBoxes = 90;

export function verdictOf({ objects, faces, faults }: FrameResult): TrialVerdict {
  const [fault] = faults;
  if (fault) return fault.failure.code === 'non-finite-output' ? 'not-finite' : 'threw';
  const boxes = objects.length + faces.length;
  if (boxes === 0) return 'nothing';
  return boxes >= suspiciousBoxes ? 'everywhere' : 'plausible';
}
