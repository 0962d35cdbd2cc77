/** What `predict` can be asked for. */
export const predictTasks = ['objects', 'faces', 'landmarks', 'pose', 'embed', 'liveness'] as const;
export type PredictTask = (typeof predictTasks)[number];

/** The models behind each task, by the ids of their folders in `models/`; the first is what runs unless one is named. */
const models: Readonly<Record<PredictTask, readonly [string, ...string[]]>> = {
  objects: ['objects-centernet'],
  faces: ['faces-tiny-yolov2'],
  landmarks: ['face-landmarks-68', 'face-mesh'],
  pose: ['pose-movenet'],
  embed: ['face-descriptor-128', 'face-descriptor-1024'],
  liveness: ['liveness'],
};

export function modelsOf(task: PredictTask): readonly [string, ...string[]] {
  return models[task];
}
