export type { BackendMemory, RememberedBackend } from './backend-memory.ts';
export { createPipeline } from './pipeline-client.ts';
export type { PipelineOptions } from './pipeline-client.ts';
export type { TrustScriptUrl } from './engine-host.ts';
export type { Pipeline, PipelineListener, PipelineSettings, PipelineState, StreamRates } from './pipeline.ts';
export type {
  BackendName,
  DetectedFace,
  DetectedObject,
  DetectedPose,
  EngineCounts,
  EngineFailure,
  EngineFailureCode,
  EngineHost,
  EngineReport,
  FrameResult,
  StageTimings,
  StartProgress,
  StartStage,
  TaskFault,
  TaskName,
  TaskRun,
} from './protocol.ts';
