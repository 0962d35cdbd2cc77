import type { DoorOffice } from './admin/door-office.ts';
import type { DoorDesk } from './door-desk.ts';

/** What the entry builds for the door. */
export interface DoorParts {
  readonly desk: DoorDesk;
  readonly office: DoorOffice;
}
