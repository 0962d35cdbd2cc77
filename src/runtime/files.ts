export { findNetwork } from './import/find-network.ts';
export type { FoundNetwork, PartFile } from './import/find-network.ts';
export { gatherFiles } from './import/gather-files.ts';
export { ImportError, importFailure } from './import/import-failure.ts';
export { gatherNotes } from './import/import-metadata.ts';
export { plainReason } from './import/plain-reason.ts';
export { countOperations } from './import/model-facts.ts';
