import type { Page } from 'playwright-core';
import type { FacePair, FoundFace, LandmarkSummary } from '../../src/evaluation/index.ts';
import { evaluateLandmarks, landmarkErrors, pairFiles, stemName } from '../../src/evaluation/index.ts';
import type { Point } from '../../src/geometry/index.ts';
import { face68OfMesh } from '../../src/landmarks/index.ts';
import type { ImageFile } from '../evaluate/list-images.ts';
import { facePairs, readFaceLabels } from '../evaluate/score-landmarks.ts';
import { WorkError } from '../evaluate/work-error.ts';
import type { BenchCommand } from './command.ts';
import { LibraryPage } from './library-page.ts';
import { median } from './median.ts';
import type { LibraryReport } from './page/peer-door.ts';

type Side = LandmarkSummary & { readonly medianMs: number };

/** The line of the comparison of how well 68 points are found in stills. */
export interface LandmarkLine {
  readonly peer: 'face-api';
  readonly task: 'landmarks';
  readonly images: number;
  readonly minScore: number;
  /** What the app does: the same weights as theirs, in crops of our own. */
  readonly ours: Side;
  /** The 68 points out of the 468 of the mesh. */
  readonly oursOfMesh: Side;
  readonly theirs: Side & LibraryReport;
  /** The mean errors on those faces alone that all sides found: who finds the harder ones as well is not the worse for it. */
  readonly foundByAll: { readonly faces: number; readonly ours: number | null; readonly oursOfMesh: number | null; readonly theirs: number | null };
  /** Our error over theirs on the faces that all found: below 1 we are better. */
  readonly ratioNME: number | null;
  readonly ratioNMEOfMesh: number | null;
}

/** Lets our engine and face-api look at the same labelled stills. Throws WorkError when either fails. */
export async function compareLandmarks(page: Page, images: readonly ImageFile[], command: BenchCommand): Promise<LandmarkLine> {
  const { labelsPath } = command;
  if (labelsPath === null) throw new WorkError('labels-missing', 'landmarks are compared by labels');
  const labels = await readFaceLabels(labelsPath);
  const known = pairFiles(labels, images, stemName).pairs.flatMap(({ labelled, predicted }) => (predicted ? [{ file: labelled.file, image: predicted }] : []));
  if (known.length === 0) throw new WorkError('no-common-image', `${labelsPath} names none of the images`);
  const looked = await lookedAt(page, known, command);
  const scored = labels.filter(({ file }) => known.some((each) => each.file === file));
  const pairsOf = (side: SideName): readonly FacePair[] => facePairs(scored, looked.pictures.map((each) => ({ file: each.file, found: each[side].found })), labelsPath);
  const sideOf = (side: SideName): Side => ({ ...evaluateLandmarks(pairsOf(side)), medianMs: median(looked.pictures.map((each) => each[side].ms)) });
  const errors = { ours: landmarkErrors(pairsOf('ours')), mesh: landmarkErrors(pairsOf('mesh')), theirs: landmarkErrors(pairsOf('theirs')) };
  const foundByAll = [...errors.ours.keys()].filter((face) => sideNames.every((side) => typeof errors[side][face] === 'number'));
  const meanOf = (side: SideName): number | null => (foundByAll.length > 0 ? foundByAll.reduce((sum, face) => sum + (errors[side][face] ?? 0), 0) / foundByAll.length : null);
  const [ours, ofMesh, theirs] = [meanOf('ours'), meanOf('mesh'), meanOf('theirs')];
  return {
    ...{ peer: 'face-api', task: 'landmarks', images: known.length, minScore, ours: sideOf('ours'), oursOfMesh: sideOf('mesh') },
    theirs: { ...sideOf('theirs'), ...looked.report },
    foundByAll: { faces: foundByAll.length, ours, oursOfMesh: ofMesh, theirs },
    ratioNME: ratioOf(ours, theirs),
    ratioNMEOfMesh: ratioOf(ofMesh, theirs),
  };
}

const sideNames = ['ours', 'mesh', 'theirs'] as const;
type SideName = (typeof sideNames)[number];

interface Looked {
  readonly ms: number;
  readonly found: readonly FoundFace[];
}

interface Picture {
  readonly file: string;
  readonly ours: Looked;
  readonly mesh: Looked;
  readonly theirs: Looked;
}

/** Both sides ask their detectors for the same score. */
const minScore = 0.5;

/** Twice through the pictures: with our 68 points, and with our mesh in a page of its own. */
async function lookedAt(page: Page, known: readonly { readonly file: string; readonly image: ImageFile }[], { backend, sizePx, frameSize }: BenchCommand): Promise<{ readonly pictures: readonly Picture[]; readonly report: LibraryReport }> {
  const request = { library: 'face-api', task: 'landmarks', care: 'still', backend, sizePx, minScore, frameSize } as const;
  const bench = await LibraryPage.open(page, { ...request, ourTasks: ['landmarks'] });
  const first = known[0];
  if (first) await bench.still(first.image, null);
  const points: Omit<Picture, 'mesh'>[] = [];
  for (const { file, image } of known) {
    const { ours, theirs } = await bench.still(image, null);
    points.push({ file, ours: { ms: ours.ms, found: ours.seen.faces }, theirs: { ms: theirs.ms, found: theirs.seen.faces } });
  }
  await page.reload();
  const again = await LibraryPage.open(page, { ...request, ourTasks: ['mesh'] });
  if (first) await again.still(first.image, null);
  const pictures: Picture[] = [];
  for (const [index, { image }] of known.entries()) {
    const { ours } = await again.still(image, null);
    const before = points[index];
    if (before) pictures.push({ ...before, mesh: { ms: ours.ms, found: ours.seen.faces.map(({ pointsPx }) => ({ pointsPx: of68(pointsPx) })) } });
  }
  return { pictures, report: bench.start.theirs };
}

function of68(mesh: readonly Point[]): readonly Point[] {
  return face68OfMesh.map((i) => mesh[i] ?? { x: NaN, y: NaN });
}

function ratioOf(ours: number | null, theirs: number | null): number | null {
  return ours === null || theirs === null ? null : ours / theirs;
}
