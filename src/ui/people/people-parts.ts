import type { Vault } from '../../store/index.ts';
import type { OwnerGuard } from '../door/owner-guard.ts';
import type { DescriptorModels } from './descriptor-model.ts';
import type { FaceCamera } from './face-camera.ts';

/** What the entry builds for the pages of people. */
export interface PeopleParts {
  readonly vault: Vault;
  readonly camera: FaceCamera;
  readonly models: DescriptorModels;
  /** Whoever could enrol themselves could open the door: where it has an owner, these pages are theirs. */
  readonly guard: OwnerGuard;
  /** Share of strangers that the door of this device lets pass; null where none was set up. */
  readonly doorRate: () => Promise<number | null>;
}
