import { join } from 'node:path';
import { binomialBounds, mainFace } from '../../src/evaluation/index.ts';
import type { FrameResult } from '../../src/pipeline/index.ts';
import { AppPage } from '../evaluate/app-page.ts';
import { Progress, say } from '../evaluate/progress.ts';
import { photosOf, readFacePairs } from '../evaluate/verify.ts';
import { WorkError } from '../evaluate/work-error.ts';
import { loadRooms } from './door/load-rooms.ts';
import type { VisitEnd } from './door/play-visit.ts';

const usage = `usage: tsx tools/measure/door-visits.ts <folder>

Plays the pairs of <folder>/pairs.csv as visits to the door at the settings that its set-up begins with. The first photo
enrols, by the same gate as in the app; the second one is the visitor, who gives the name of the first, does the move that
is asked for, and types the right PIN. Prints one JSON line: how often a wrong face got in and a right one did not, with
exact bounds of 95 % confidence. Stills say nothing about life: the move is that of a scripted living person.
`;

type PlayedVisit = VisitEnd & { readonly isSame: boolean };

async function lookAtAll(photos: Awaited<ReturnType<typeof photosOf>>) {
  return AppPage.during('wasm', async (app) => {
    const started = await app.start({ task: 'embed', backend: 'wasm', sizePx: 'auto', minScore: null });
    const progress = new Progress(photos.length);
    const looks = new Map<string, FrameResult>();
    for (const [index, { name, path }] of photos.entries()) {
      const look = await app.look(path);
      if (look.ok) looks.set(name, look.value);
      else say(`${name}: ${look.failure.code}: ${look.failure.detail}`);
      progress.step(index + 1, name);
    }
    return { modelId: started.modelId, looks };
  });
}

/** What would be enrolled of a photo; null where the gate says no. */
function templateIn(look: FrameResult | undefined) {
  const faces = look?.faces ?? [];
  const main = faces[mainFace(faces.map(({ box }) => box)) ?? -1];
  return main?.evidence?.verdict.instruction === 'ok' ? main.evidence.descriptor : null;
}

function rateOf(hits: number, trials: number) {
  const { atLeast, atMost } = binomialBounds(hits, trials);
  return { count: hits, of: trials, bounds: [Number(atLeast.toPrecision(3)), Number(atMost.toPrecision(3))] };
}

function countsOf(visits: readonly PlayedVisit[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { said } of visits) counts[said] = (counts[said] ?? 0) + 1;
  return counts;
}

const [folder, ...rest] = process.argv.slice(2);
if (folder === undefined || rest.length > 0) {
  process.stderr.write(usage);
  process.exitCode = 2;
} else {
  const pairs = await readFacePairs(join(folder, 'pairs.csv'));
  const { modelId, looks } = await lookAtAll(await photosOf(pairs, folder));
  const { comparisonOf, playVisit } = await loadRooms();
  const comparison = comparisonOf(modelId);
  if (!comparison) throw new WorkError('no-rule', `${modelId} has no rule to compare its numbers by`);
  const visits: PlayedVisit[] = [];
  let notEnrolled = 0;
  for (const { a, b, isSame } of pairs) {
    const [enrolled, visitor] = [templateIn(looks.get(a)), looks.get(b)];
    if (!enrolled || !visitor) notEnrolled++;
    else visits.push({ ...(await playVisit(enrolled, visitor, comparison)), isSame });
  }
  const wrong = visits.filter(({ isSame }) => !isSame);
  const right = visits.filter(({ isSame }) => isSame);
  // Whom the gate lets pass is compared; who is told to do something else stands better, at a door.
  const compared = (list: readonly PlayedVisit[]) => list.filter(({ said }) => said === 'granted' || said === 'not-recognised');
  process.stdout.write(
    `${JSON.stringify({
      model: modelId,
      ...{ pairs: pairs.length, photos: looks.size, notEnrolled },
      falseGrants: { all: rateOf(wrong.filter(({ pulses }) => pulses > 0).length, wrong.length), compared: rateOf(compared(wrong).filter(({ pulses }) => pulses > 0).length, compared(wrong).length) },
      falseRefusals: { all: rateOf(right.filter(({ pulses }) => pulses === 0).length, right.length), compared: rateOf(compared(right).filter(({ pulses }) => pulses === 0).length, compared(right).length) },
      ended: { different: countsOf(wrong), same: countsOf(right) },
      liveness: 'not judged: stills; the move was that of a scripted living person',
    })}\n`,
  );
}
