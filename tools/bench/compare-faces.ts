import type { Page } from 'playwright-core';
import { mainFace } from '../../src/evaluation/index.ts';
import type { Size } from '../../src/geometry/index.ts';
import type { DescriptorRule } from '../../src/faces/index.ts';
import { err, ok } from '../../src/base/index.ts';
import type { Embedded } from '../evaluate/embed-images.ts';
import { Progress, say } from '../evaluate/progress.ts';
import type { VerificationScore } from '../evaluate/verify.ts';
import { comparedPairs, photosOf, readFacePairs, scoreOfPairs } from '../evaluate/verify.ts';
import { WorkError } from '../evaluate/work-error.ts';
import type { BenchCommand } from './command.ts';
import { LibraryPage } from './library-page.ts';
import { median } from './median.ts';
import type { LibraryReport, Seen } from './page/peer-door.ts';

type Side = VerificationScore & { readonly medianMs: number };

/** The line of the comparison of how well pairs of stills are verified. */
export interface VerifyLine {
  readonly peer: 'face-api';
  readonly task: 'verify';
  readonly model: string;
  readonly ours: Side;
  /** The same weights behind the library's own detector, points and crops. */
  readonly theirs: Side & LibraryReport;
  /** Our errors over theirs: below 1 we are better. */
  readonly ratioOfErrors: number | null;
  /** Our median time over theirs: below 1 we are faster. */
  readonly ratio: number;
}

/** Lets our engine and face-api look at the same photos and compares what they say of the pairs. Throws WorkError when either fails. */
export async function compareFaces(page: Page, { pairsPath, rootPath, backend, sizePx, frameSize }: BenchCommand): Promise<VerifyLine> {
  if (pairsPath === null || rootPath === null) throw new WorkError('pairs-missing', 'faces are compared by pairs');
  const pairs = await readFacePairs(pairsPath);
  const photos = await photosOf(pairs, rootPath);
  const bench = await LibraryPage.open(page, { library: 'face-api', task: 'embed', care: 'still', ourTasks: ['embed'], backend, sizePx, minScore: null, frameSize });
  const rule = ruleOf(bench.start.compare);
  const found = { ours: new Map<string, Embedded>(), theirs: new Map<string, Embedded>() };
  const ms = { ours: new Array<number>(), theirs: new Array<number>() };
  const progress = new Progress(photos.length);
  for (const [index, { name, path }] of photos.entries()) {
    const look = await bench.still({ path, file: name }, null);
    for (const side of ['ours', 'theirs'] as const) {
      const embedded = embeddedIn(look[side].seen, look.size, rule);
      found[side].set(name, embedded);
      if (!embedded.ok) say(`${side}: ${name}: ${embedded.failure.detail}`);
      // The first photo warms both sides up.
      if (index > 0 || photos.length === 1) ms[side].push(look[side].ms);
    }
    progress.step(index + 1, name);
  }
  const sideOf = (side: 'ours' | 'theirs'): Side => ({ ...scoreOfPairs(comparedPairs(pairs, found[side], rule), found[side]), medianMs: median(ms[side]) });
  const [ours, theirs] = [sideOf('ours'), sideOf('theirs')];
  return {
    ...{ peer: 'face-api', task: 'verify', model: rule.modelId, ours },
    theirs: { ...theirs, ...bench.start.theirs },
    ratioOfErrors: theirs.accuracy < 1 ? (1 - ours.accuracy) / (1 - theirs.accuracy) : null,
    ratio: ours.medianMs / theirs.medianMs,
  };
}

/** Throws WorkError when our side ships no descriptor. */
export function ruleOf(rule: DescriptorRule | null): DescriptorRule {
  if (!rule) throw new WorkError('model-missing', 'no descriptor ships');
  return rule;
}

/** Both sides are asked for the same face: the one that the photo is of. */
function embeddedIn({ embedded }: Seen, { width, height }: Size, { modelId }: DescriptorRule): Embedded {
  const boxes = embedded.map(({ boxPx: { x1, y1, x2, y2 } }) => ({ x1: x1 / width, y1: y1 / height, x2: x2 / width, y2: y2 / height }));
  const main = embedded[mainFace(boxes) ?? -1];
  return main ? ok({ modelId, values: Float32Array.from(main.values) }) : err('no-face', 'no face was found');
}
