export { doorEvent } from './door-event.ts';
export type { DoorEvent, LoggedEvent } from './door-event.ts';
export { doorIdOf } from './door-id.ts';
export { readCheckpoint, readLine, signedCheckpointText, writeCheckpoint, writeHeader, writeLine } from './lines.ts';
export type { Checkpoint, LogLine, WithSignature } from './lines.ts';
export { fingerprintOf, hashOfLine, isSignedBy, newLogKeys, readLogKey } from './log-keys.ts';
export type { LogKeys } from './log-keys.ts';
export { verifyAudit } from './verify-audit.ts';
export type { AuditBreak, AuditContent, AuditReport } from './verify-audit.ts';
