export type { AuditEntry, Factor } from './audit-entry.ts';
export type { OpenedCard } from './card/opened-card.ts';
export type { KioskInput } from './input.ts';
export type { Kiosk } from './kiosk.ts';
export type { Audit, Cards, DoorGallery, DoorOutput, DoorPosition, Frames, Gallery, KioskClock, KnownPerson, PinCheck, PinResult, PulseResult } from './ports.ts';
export { usualLimits, usualTimes } from './rules.ts';
export type { FrameRules, KioskLimits, KioskRules, KioskTimes, LivenessRules } from './rules.ts';
export { claimWays, serviceReasons, tryAgainReasons } from './snapshot.ts';
export type { ClaimWay, KioskSnapshot, LookInstruction, ServiceReason, TryAgainReason } from './snapshot.ts';
