import { unitToPx } from '../../../src/geometry/index.ts';
import type { EngineReport } from '../../../src/pipeline/index.ts';
import { pageEngine } from '../../../src/pipeline/index.ts';
import type { Contender } from '../peers/contender.ts';
import type { BenchRequest } from './bench-door.ts';

/** The app's engine on the page's thread, where the peers run too. */
export async function ourEngine({ task, backend, sizePx, minScore }: BenchRequest): Promise<{ contender: Contender; report: EngineReport }> {
  const { api } = await pageEngine();
  const started = await api.start(
    {
      backend,
      config: { tasks: [task], minScore: { objects: minScore, faces: minScore }, inputSizePx: { objects: sizePx, faces: sizePx }, budgetMs: 60_000 },
      frameSize: { width: 640, height: 480 },
      allowSoftwareWebgl: backend === 'webgl',
    },
    () => undefined,
  );
  if (!started.ok) throw new Error(`${started.failure.code}: ${started.failure.detail}`);
  let frames = 0;
  const contender: Contender = {
    async detect(bitmap) {
      const size = { width: bitmap.width, height: bitmap.height };
      const { objects, faces, faults } = await api.process({ id: ++frames, tMs: 0, size }, bitmap, 'still');
      const fault = faults[0]?.failure;
      if (fault) throw new Error(`${fault.code}: ${fault.detail}`);
      const found = task === 'objects' ? objects : faces.map((face) => ({ ...face, classId: 0 }));
      return found.map(({ classId, score, box }) => ({ classId, score, boxPx: unitToPx(box, size) }));
    },
  };
  return { contender, report: started.value };
}
