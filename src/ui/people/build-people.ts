import type { EvidenceRule, Pipeline } from '../../pipeline/index.ts';
import { shippedVectorModels } from '../../runtime/index.ts';
import type { LiveSession } from '../live/live-session.ts';
import type { LiveModels } from '../models/live-models.ts';
import type { SettingsModel } from '../settings-model.ts';
import { descriptorModels } from './descriptor-model.ts';
import { FaceCamera } from './face-camera.ts';
import './lintel-people.ts';
import type { PeopleParts } from './people-parts.ts';

export interface PeopleWorld extends Pick<PeopleParts, 'vault' | 'guard' | 'doorRate'> {
  readonly pipeline: Pipeline;
  readonly settings: SettingsModel;
  readonly live: LiveSession;
  readonly liveModels: LiveModels;
}

/** Whoever is enrolled may stand there for long, and sees the face that is kept. Moves and cues of life are asked for at the door. */
const enrolEvidence: EvidenceRule = { descriptorEveryMs: 250, enoughPerTrack: Number.MAX_SAFE_INTEGER, againAfterMs: 250, cues: false, chip: true };

/** The pages of people on this device's own vault and camera. The elements of their views come with it. */
export function buildPeople({ vault, guard, doorRate, pipeline, settings, live, liveModels }: PeopleWorld): PeopleParts {
  const camera = new FaceCamera({ pipeline, settings, live, models: liveModels, evidence: enrolEvidence });
  return { vault, guard, doorRate, camera, models: descriptorModels(shippedVectorModels) };
}
