import type { ScoreCommand } from './command.ts';
import type { LandmarkScore } from './score-landmarks.ts';
import { scoreLandmarks } from './score-landmarks.ts';
import type { ObjectScore } from './score-objects.ts';
import { scoreObjects } from './score-objects.ts';
import type { PoseScore } from './score-poses.ts';
import { scorePoses } from './score-poses.ts';

export type Score = ObjectScore | LandmarkScore | PoseScore;

/** Scores a file of predictions against labels. Throws WorkError when either cannot be read or they do not belong together. */
export function score({ task, labelsPath, predictionsPath, ptsOrigin }: ScoreCommand): Promise<Score> {
  switch (task) {
    case 'objects':
      return scoreObjects(labelsPath, predictionsPath);
    case 'landmarks':
      return scoreLandmarks(labelsPath, predictionsPath, ptsOrigin);
    case 'pose':
      return scorePoses(labelsPath, predictionsPath);
  }
}
