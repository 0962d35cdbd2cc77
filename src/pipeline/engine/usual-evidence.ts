import type { EvidenceRule } from '../protocol.ts';

/** Three descriptors of a face within two seconds are what a decision takes; then a look every ten seconds. */
export const usualEvidence: EvidenceRule = { descriptorEveryMs: 400, enoughPerTrack: 3, againAfterMs: 10_000, cues: true, chip: false };
