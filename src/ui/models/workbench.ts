import type { Result } from '../../base/index.ts';
import { ok } from '../../base/index.ts';
import type { Frame, FrameLedger } from '../../camera/index.ts';
import type { BackendMemory, BackendName, Care, EngineCounts, EngineFailure, FrameResult, Pipeline, PipelineSettings, DetectorTask, TrustScriptUrl } from '../../pipeline/index.ts';
import { createPipeline, examineFiles, tryReadings } from '../../pipeline/index.ts';
import type { ImportedModel, ImportFailure, NamedBytes } from '../../runtime/index.ts';
import type { Corrections, ModelReport, Reading, ReadingOutcome } from '../../yolo/index.ts';

/** A model to try: an imported one with its bytes, or the one that ships for its task. */
export interface TrialModel {
  readonly task: DetectorTask;
  readonly imported: ImportedModel | null;
}

export interface WorkbenchParts {
  readonly ledger: FrameLedger;
  readonly trustScriptUrl: TrustScriptUrl;
  /** The backend to try models on. */
  readonly backend: () => BackendName;
}

/** What trials measured on a stranger's model says nothing of the live view. */
const noMemory: BackendMemory = {
  recall: () => Promise.resolve(null),
  remember: () => Promise.resolve(),
  forget: () => Promise.resolve(),
};

/** Two models are compared; a third takes the place of the one that waited longest. */
const mostEngines = 2;

interface Bench {
  readonly model: TrialModel;
  readonly pipeline: Pipeline;
}

/**
 * Examines and tries models in engines of its own: one that crashes or hangs takes nothing else along, and the live view
 * keeps its warm engine. `close` ends the engines; the next call starts new ones.
 */
export class Workbench {
  readonly #parts: WorkbenchParts;
  #benches: readonly Bench[] = [];

  constructor(parts: WorkbenchParts) {
    this.#parts = parts;
  }

  /** Numbers the pictures that are tried. */
  get ledger(): FrameLedger {
    return this.#parts.ledger;
  }

  /** Works out what the files are. Corrections take the place of what was found or guessed. */
  examine(files: readonly NamedBytes[], corrections: Corrections): Promise<Result<ModelReport, ImportFailure | EngineFailure>> {
    return examineFiles(files, corrections, this.#parts.trustScriptUrl);
  }

  /** Looks at one picture with every reading of a network, in an engine that ends with the answer. Takes the frame over. */
  tryReadings(model: ImportedModel, readings: readonly Reading[], frame: Frame, signal: AbortSignal): Promise<Result<readonly ReadingOutcome[], EngineFailure>> {
    return tryReadings(model, readings, frame, this.#parts.trustScriptUrl, signal);
  }

  /**
   * Looks at one picture with one model. Takes the frame over. The first call with a model loads it.
   *
   * @param minScore lowest score to report, 0..1
   * @param care `live` looks once and in the size that keeps pace with a stream, as the live view does
   */
  async look(model: TrialModel, frame: Frame, minScore: number, care: Care = 'still'): Promise<Result<FrameResult, EngineFailure>> {
    const settings = this.#settingsFor(model, minScore);
    const known = this.#benches.find((bench) => bench.model.task === model.task && bench.model.imported === model.imported);
    const bench = known ?? { model, pipeline: createPipeline({ settings, memory: noMemory, trustScriptUrl: this.#parts.trustScriptUrl, frameSize: frame.info.size }) };
    const others = this.#benches.filter((other) => other !== bench);
    const surplus = others.slice(0, Math.max(0, others.length + 1 - mostEngines));
    this.#benches = [...others.slice(surplus.length), bench];
    await Promise.all(surplus.map(({ pipeline }) => pipeline.dispose()));
    const configured = known ? await bench.pipeline.configure(settings) : null;
    if (configured && !configured.ok) {
      frame.close();
      return configured;
    }
    return care === 'still' ? bench.pipeline.detectStill(frame) : lookOnce(bench.pipeline, frame);
  }

  /** What the engines hold, for leak tests; those that are not started are left out. */
  async counts(): Promise<readonly EngineCounts[]> {
    const counts = await Promise.all(this.#benches.map(({ pipeline }) => pipeline.counts()));
    return counts.filter((each) => each !== null);
  }

  async close(): Promise<void> {
    const benches = this.#benches;
    this.#benches = [];
    await Promise.all(benches.map(({ pipeline }) => pipeline.dispose()));
  }

  #settingsFor({ task, imported }: TrialModel, minScore: number): PipelineSettings {
    return {
      tasks: [task],
      minScore: { objects: minScore, faces: minScore },
      inputSize: 'auto',
      targetFps: 15,
      backend: this.#parts.backend(),
      models: imported ? { [task]: imported } : {},
    };
  }
}

/** One frame through the live way of a pipeline, which drops nothing while nothing else is pushed. Takes the frame over. */
async function lookOnce(pipeline: Pipeline, frame: Frame): Promise<Result<FrameResult, EngineFailure>> {
  const started = await pipeline.start();
  if (!started.ok) {
    frame.close();
    return started;
  }
  return new Promise((resolve) => {
    const leave = pipeline.subscribe({
      onResult: (result) => settle(ok(result)),
      onState: (state) => {
        if (state.phase === 'failed') settle(state);
        else if (state.phase === 'idle') settle({ failure: { code: 'engine-died', detail: 'the engine was ended' } });
      },
    });
    const settle = (answer: Result<FrameResult, EngineFailure> | { readonly failure: EngineFailure }): void => {
      leave();
      resolve('ok' in answer ? answer : { ok: false, failure: answer.failure });
    };
    pipeline.push(frame);
  });
}
