import type { InstantPlace } from './instant-place.ts';
import type { SettingsPatch } from './settings.ts';
import { patchFrom } from './settings.ts';

const key = 'lintel-unsaved-settings';

/**
 * Where a change of settings waits until it is in the database. The database takes its time, and a person may leave the
 * page the moment after they chose: then the next page finds it here. null: there is no such place, and it waits in the
 * page alone.
 */
export class WaitingChange {
  constructor(private readonly place: InstantPlace | null) {}

  /** What was left over; whatever is not a change that this version knows counts as nothing. */
  read(): SettingsPatch {
    try {
      return patchFrom(JSON.parse(this.place?.getItem(key) ?? '{}'));
    } catch {
      return {};
    }
  }

  keep(patch: SettingsPatch): void {
    try {
      this.place?.setItem(key, JSON.stringify(patch));
    } catch {
      // Full, or switched off: it waits in the page alone.
    }
  }

  clear(): void {
    try {
      this.place?.removeItem(key);
    } catch {
      // A place that takes nothing holds nothing.
    }
  }
}
