import type { Region } from '../../geometry/index.ts';
import type { FrameLook } from './frame-look.ts';
import type { Job } from './scheduler.ts';

/** Runs each job once, wherever its boxes would come from: points and evidence are looked for in the middle of the frame. */
export async function rehearse(look: FrameLook, jobs: readonly Job[], onDone: () => void = () => undefined): Promise<void> {
  for (const job of jobs) {
    if (job === 'landmarks' || job === 'mesh' || job === 'pose') await look.findPoints(job, middleOf(look));
    else if (job === 'embed') await look.rehearseEvidence(middleOf(look));
    else await look.detect(job);
    onDone();
  }
}

function middleOf({ size: { width, height } }: FrameLook): Region {
  const side = Math.min(width, height) / 2;
  return { centrePx: { x: width / 2, y: height / 2 }, sizePx: { width: side, height: side }, angleRad: 0 };
}
