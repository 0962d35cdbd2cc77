/** What `predict` can be asked for. */
export const predictTasks = ['objects', 'faces', 'landmarks', 'pose'] as const;
export type PredictTask = (typeof predictTasks)[number];

/** The models behind each task, by the ids of their folders in `models/`; the first is what runs unless one is named. */
const models: Readonly<Record<PredictTask, readonly [string, ...string[]]>> = {
  objects: ['objects-centernet'],
  faces: ['faces-tiny-yolov2'],
  landmarks: ['face-landmarks-68', 'face-mesh'],
  pose: ['pose-movenet'],
};

export function modelsOf(task: PredictTask): readonly [string, ...string[]] {
  return models[task];
}
