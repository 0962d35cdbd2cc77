export type { BackendMemory, RememberedBackend } from './backend-memory.ts';
export { examineFiles, tryReadings } from './examine-files.ts';
export { createPipeline } from './pipeline-client.ts';
export { tryEngine } from './try-engine.ts';
export type { PipelineOptions } from './pipeline-client.ts';
export { pageEngine } from './engine-host.ts';
export type { HostedEngine, TrustScriptUrl } from './engine-host.ts';
export type { HealingTimes } from './engine-keeper.ts';
export { usualEvidence } from './engine/usual-evidence.ts';
export type { LastCheck, Pipeline, PipelineListener, PipelineSettings, PipelineState, StreamRates } from './pipeline.ts';
export type {
  BackendName,
  BroughtModels,
  Care,
  DetectedFace,
  DetectedObject,
  DetectedPose,
  DetectorTask,
  EngineApi,
  EngineConfig,
  EngineCounts,
  EngineFailure,
  EngineFailureCode,
  EngineHost,
  EngineReport,
  EngineStart,
  EvidenceRule,
  EvidenceTask,
  FaceEvidence,
  FrameResult,
  GivenBoxes,
  PointsTask,
  StageTimings,
  StartProgress,
  StartStage,
  TaskFault,
  TaskName,
  TaskRun,
} from './protocol.ts';
