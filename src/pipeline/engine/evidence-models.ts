import type { Result } from '../../base/index.ts';
import { ok } from '../../base/index.ts';
import type { FaceVectorModel } from '../../faces/tf.ts';
import { loadFaceVectors, RegionPixels } from '../../faces/tf.ts';
import type { ModelFailure, VectorCard } from '../../runtime/index.ts';
import { shippedVectorModels, shippedVectorSource, usualDescriptorId } from '../../runtime/index.ts';

type OnBytes = (count: number) => void;

/** What evidence of a face is taken with. */
export interface EvidenceModels {
  readonly descriptor: FaceVectorModel;
  readonly liveness: FaceVectorModel;
  readonly antispoof: FaceVectorModel;
  readonly pixels: RegionPixels;
  dispose(): void;
}

const tasks = ['descriptor', 'liveness', 'antispoof'] as const satisfies readonly VectorCard['task'][];

/** All files that `loadEvidenceModels` reads. */
export function evidenceFiles(descriptorId: string | null): VectorCard['files'] {
  return tasks.flatMap((task) => cardOf(task, descriptorId).files);
}

/**
 * Loads the model of each task. One that fails takes those before it along.
 *
 * @param descriptorId another descriptor than the usual one. RangeError for one that does not ship: that is a bug
 */
export async function loadEvidenceModels(descriptorId: string | null, onBytes?: OnBytes): Promise<Result<EvidenceModels, ModelFailure>> {
  const loaded: FaceVectorModel[] = [];
  const dispose = (): void => loaded.forEach((model) => model.dispose());
  for (const task of tasks) {
    const model = await loadFaceVectors(shippedVectorSource(cardOf(task, descriptorId).id), onBytes);
    if (!model.ok) {
      dispose();
      return model;
    }
    loaded.push(model.value);
  }
  const [descriptor, liveness, antispoof] = loaded as [FaceVectorModel, FaceVectorModel, FaceVectorModel];
  return ok({ descriptor, liveness, antispoof, pixels: new RegionPixels(), dispose });
}

function cardOf(task: VectorCard['task'], descriptorId: string | null): VectorCard {
  const model = shippedVectorModels.find(({ card }) => (task === 'descriptor' ? card.id === (descriptorId ?? usualDescriptorId) : card.task === task));
  if (!model) throw new RangeError(`no model ships for ${task} ${descriptorId ?? ''}`);
  return model.card;
}
