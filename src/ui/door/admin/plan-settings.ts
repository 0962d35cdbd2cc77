import type { DoorSettings } from '../../../store/index.ts';
import type { DoorPlan } from './door-office.ts';

/** What the owner's pages show of the settings: the restart stands as the hour in which it begins. */
export function planOf(settings: DoorSettings): DoorPlan {
  const { doorName, mode, claimWays, secondFactor, pinInstead, targetFalseMatchRate, privacyNotice, idleWindow, faceAlone } = settings;
  const quietHour = Math.floor((idleWindow?.fromMinute ?? 240) / 60);
  return { doorName, mode, claimWays, secondFactor, pinInstead, targetRate: targetFalseMatchRate, notice: privacyNotice, quietHour, faceAlone };
}

export function settingsOf({ doorName, mode, claimWays, secondFactor, pinInstead, targetRate, notice, quietHour, faceAlone }: DoorPlan): Partial<DoorSettings> {
  const idleWindow = { fromMinute: quietHour * 60, untilMinute: ((quietHour + 1) % 24) * 60 };
  return { doorName, mode, claimWays: [...claimWays], secondFactor, pinInstead, targetFalseMatchRate: targetRate, privacyNotice: notice, idleWindow, faceAlone };
}
