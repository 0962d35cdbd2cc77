import type { DetectorTask } from '../../src/pipeline/index.ts';

/** The model behind each task: the id of its folder in `models/`. */
const models: Readonly<Record<DetectorTask, string>> = { objects: 'objects-centernet', faces: 'faces-tiny-yolov2' };

export function modelOf(task: DetectorTask): string {
  return models[task];
}
