import { unitToPx } from '../../../src/geometry/index.ts';
import type { Size } from '../../../src/geometry/index.ts';
import type { BackendName, Care, EngineReport, FrameResult, GivenBoxes, TaskName } from '../../../src/pipeline/index.ts';
import { pageEngine, usualEvidence } from '../../../src/pipeline/index.ts';
import type { Contender } from '../peers/contender.ts';
import type { BenchRequest } from './bench-door.ts';

export interface OurEngine {
  readonly report: EngineReport;
  /** Looks at a picture and closes it. An output that the engine refused is thrown: a benchmark with a gap is none. */
  look(bitmap: ImageBitmap, tMs: number, care: Care, given?: GivenBoxes): Promise<FrameResult>;
}

export interface OurRequest {
  readonly tasks: readonly TaskName[];
  readonly backend: BackendName;
  readonly minScore: { readonly objects: number; readonly faces: number };
  readonly sizePx: { readonly objects: number; readonly faces: number };
  readonly frameSize: Size;
}

/** The app's engine on the page's thread, where the peers run too. No task ever waits for its turn, and of a face it makes what the peers make: no cues of life. */
export async function startOurs({ tasks, backend, minScore, sizePx, frameSize }: OurRequest): Promise<OurEngine> {
  const { api } = await pageEngine();
  const config = { tasks, minScore, inputSizePx: sizePx, budgetMs: 60_000, evidence: { ...usualEvidence, cues: false } };
  const started = await api.start({ backend, config, frameSize, allowSoftwareWebgl: backend === 'webgl' }, () => undefined);
  if (!started.ok) throw new Error(`${started.failure.code}: ${started.failure.detail}`);
  let frames = 0;
  return {
    report: started.value,
    async look(bitmap, tMs, care, given) {
      const result = await api.process({ id: ++frames, tMs, size: { width: bitmap.width, height: bitmap.height } }, bitmap, care, given);
      const fault = result.ok ? result.value.faults[0]?.failure : result.failure;
      if (!result.ok || fault) throw new Error(`${fault?.code}: ${fault?.detail}`);
      return result.value;
    },
  };
}

/** Our detector of boxes as a contender. */
export async function ourDetector({ task, backend, sizePx, minScore }: BenchRequest): Promise<{ contender: Contender; report: EngineReport }> {
  const both = (value: number): { objects: number; faces: number } => ({ objects: value, faces: value });
  const engine = await startOurs({ tasks: [task], backend, minScore: both(minScore), sizePx: both(sizePx), frameSize: { width: 640, height: 480 } });
  const contender: Contender = {
    async detect(bitmap) {
      const { objects, faces, size } = await engine.look(bitmap, 0, 'still');
      const found = task === 'objects' ? objects : faces.map((face) => ({ ...face, classId: 0 }));
      return found.map(({ classId, score, box }) => ({ classId, score, boxPx: unitToPx(box, size) }));
    },
  };
  return { contender, report: engine.report };
}
