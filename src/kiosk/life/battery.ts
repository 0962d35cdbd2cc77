/** What a device tells of its battery; `level` 0..1. */
export interface BatteryState {
  readonly level: number;
  readonly charging: boolean;
}

/** `none`: the device has none, or does not tell. `low`: it will be empty before somebody looks after it. */
export type BatteryFact = { readonly kind: 'none' } | { readonly kind: 'fine' | 'low'; readonly percent: number; readonly charging: boolean };

/** Below this a battery that is not charged is low; a charged one below the second is charged too weakly. */
const lowAt = { alone: 0.3, charging: 0.1 } as const;

export function batteryFact(state: BatteryState | null): BatteryFact {
  if (!state || !(state.level >= 0 && state.level <= 1)) return { kind: 'none' };
  const { level, charging } = state;
  const isLow = level < (charging ? lowAt.charging : lowAt.alone);
  return { kind: isLow ? 'low' : 'fine', percent: Math.round(level * 100), charging };
}
