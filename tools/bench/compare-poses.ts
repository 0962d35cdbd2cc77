import type { Page } from 'playwright-core';
import { pairFiles } from '../../src/evaluation/index.ts';
import type { ScoredPose } from '../../src/evaluation/index.ts';
import { boxesToMeasure } from '../evaluate/given-boxes.ts';
import type { ImageFile } from '../evaluate/list-images.ts';
import { Progress } from '../evaluate/progress.ts';
import type { PoseScore } from '../evaluate/score-poses.ts';
import { posePairs, poseScore, readPoseLabels } from '../evaluate/score-poses.ts';
import { WorkError } from '../evaluate/work-error.ts';
import type { BenchCommand } from './command.ts';
import { LibraryPage } from './library-page.ts';
import { median } from './median.ts';
import type { LibraryReport } from './page/peer-door.ts';

type Side = PoseScore & { readonly medianMs: number };

/** The line of the comparison of how well bodies are found in stills. */
export interface PoseLine {
  readonly peer: 'human';
  readonly task: 'pose';
  readonly images: number;
  readonly minScore: number;
  /** In the boxes of our own detector. */
  readonly ours: Side;
  /** In the boxes of the labels. */
  readonly oursInLabelledBoxes: Side;
  readonly theirs: Side & LibraryReport;
  /** Our AP over theirs. */
  readonly timesAP: number;
  readonly timesAPInLabelledBoxes: number;
}

/** Lets our engine and human's network for one person look at the same labelled stills. Throws WorkError when either fails. */
export async function comparePoses(page: Page, images: readonly ImageFile[], { backend, sizePx, minScore, frameSize, labelsPath }: BenchCommand): Promise<PoseLine> {
  if (labelsPath === null) throw new WorkError('labels-missing', 'poses of stills are compared by labels');
  const labels = await readPoseLabels(labelsPath);
  const known = pairFiles(labels, images).pairs.flatMap(({ labelled, predicted }) => (predicted ? [{ labelled, image: predicted }] : []));
  if (known.length === 0) throw new WorkError('no-common-image', `${labelsPath} names none of the images`);
  const bench = await LibraryPage.open(page, { library: 'human', task: 'pose', care: 'still', ourTasks: ['pose'], backend, sizePx, minScore, frameSize });
  const looked: { readonly file: string; readonly ours: Looked; readonly inBoxes: Looked; readonly theirs: Looked }[] = [];
  const progress = new Progress(known.length);
  for (const [index, { labelled, image }] of known.entries()) {
    const { ours, oursInBoxes, theirs } = await bench.still(image, boxesToMeasure(labelled));
    const of = ({ ms, seen }: typeof ours): Looked => ({ ms, found: seen.poses });
    looked.push({ file: labelled.file, ours: of(ours), inBoxes: of(oursInBoxes ?? ours), theirs: of(theirs) });
    progress.step(index + 1, image.file);
  }
  const sideOf = (side: 'ours' | 'inBoxes' | 'theirs'): Side => ({
    ...poseScore(posePairs(known.map(({ labelled }) => labelled), looked.map((each) => ({ file: each.file, found: each[side].found })), labelsPath)),
    medianMs: median(looked.map((each) => each[side].ms)),
  });
  const [ours, inBoxes, theirs] = [sideOf('ours'), sideOf('inBoxes'), sideOf('theirs')];
  return {
    ...{ peer: 'human', task: 'pose', images: known.length, minScore, ours, oursInLabelledBoxes: inBoxes },
    theirs: { ...theirs, ...bench.start.theirs },
    timesAP: ours.AP / theirs.AP,
    timesAPInLabelledBoxes: inBoxes.AP / theirs.AP,
  };
}

interface Looked {
  readonly ms: number;
  readonly found: readonly ScoredPose[];
}
