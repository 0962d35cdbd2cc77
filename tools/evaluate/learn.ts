import type { LabelledDescriptor } from '../../src/faces/index.ts';
import type { ComparerScore } from '../../src/faces/tf.ts';
import type { BackendName } from '../../src/pipeline/index.ts';
import { AppPage } from './app-page.ts';
import type { LearnCommand } from './command.ts';
import { embedImages } from './embed-images.ts';
import type { ImageFile } from './list-images.ts';
import { listImages } from './list-images.ts';
import { loadLearning } from './load-learning.ts';
import { WorkError } from './work-error.ts';

/** Of the random numbers that deal people out and start the learning: the same photos give the same line. */
const seed = 1;

/** The line that `learn` prints. */
export interface LearnLine {
  readonly model: string;
  readonly backend: BackendName;
  readonly people: number;
  readonly shots: number;
  readonly failuresToFindFace: number;
  /** By cross-validation over people; gains are those on the plain distance. */
  readonly scores: readonly ComparerScore[];
  /** What would be used: a comparer that was learnt only where it surely wins. */
  readonly chosen: ComparerScore['kind'];
}

/**
 * Learns to compare the faces of a folder with a folder for each person, and says whether what was learnt is better than
 * the plain distance. Throws WorkError when there are too few people, or the pipeline does not start.
 */
export async function learn({ imagesPath, model, backend, sizePx, minScore }: LearnCommand): Promise<LearnLine> {
  const images = await listImages(imagesPath);
  if (!images.ok) throw new WorkError(images.failure.code, images.failure.detail);
  const photos = images.value.map((image) => ({ ...image, name: image.file, personId: personOf(image) }));
  const { started, embedded } = await AppPage.during(backend, async (app) => {
    const start = await app.start({ task: 'embed', model, backend, sizePx, minScore });
    return { started: start, embedded: await embedImages(app, photos) };
  });
  if (!started.compare) throw new WorkError('no-rule', `${started.modelId} has no rule to compare its numbers by`);
  const shots: LabelledDescriptor[] = photos.flatMap(({ name, personId }) => {
    const each = embedded.get(name);
    return each?.ok ? [{ personId, values: each.value.values }] : [];
  });
  const { chooseComparer, startBackend } = await loadLearning();
  const ready = await startBackend('cpu', { wasmPaths: {}, threads: 1, allowSoftwareWebgl: false });
  if (!ready.ok) throw new WorkError(ready.failure.code, ready.failure.detail);
  const choice = await chooseComparer(shots, started.compare, seed);
  if (!choice.ok) throw new WorkError(choice.failure.code, choice.failure.detail);
  const { scores, comparer } = choice.value;
  return {
    ...{ model: started.modelId, backend: started.report.backend, people: new Set(shots.map(({ personId }) => personId)).size, shots: shots.length },
    ...{ failuresToFindFace: photos.length - shots.length, scores, chosen: comparer.kind },
  };
}

/** The folder that a photo lies in. Throws WorkError for one that lies in none: nothing says whose face it is. */
function personOf({ file }: ImageFile): string {
  const at = file.lastIndexOf('/');
  if (at <= 0) throw new WorkError('no-label', `${file} lies in no person's folder: put the photos of each person into a folder of their own`);
  return file.slice(0, at);
}
