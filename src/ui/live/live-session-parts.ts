import type { FrameLedger } from '../../camera/index.ts';
import type { Pipeline } from '../../pipeline/index.ts';
import type { Settings } from '../../store/index.ts';
import type { SettingsModel } from '../settings-model.ts';
import type { LiveFailure } from './live-state.ts';

export interface LiveSessionParts {
  readonly pipeline: Pipeline;
  readonly settings: SettingsModel;
  readonly ledger: FrameLedger;
  /** Makes the pipeline do what the person chose. @returns what of it cannot be done, to be told */
  readonly configure: (settings: Settings) => Promise<readonly LiveFailure[]>;
}
