import type { Result } from '../../base/index.ts';
import { ok } from '../../base/index.ts';
import type { Size } from '../../geometry/index.ts';
import { boxOfCandidate, nms } from '../../geometry/index.ts';
import type { ImportedModel, ModelFailure } from '../../runtime/index.ts';
import { allFinite, inputFit } from '../../runtime/index.ts';
import { InputSampler } from '../../runtime/tf.ts';
import { decodeHead } from '../decode/decode-head.ts';
import type { RawOutput } from '../decode/raw-output.ts';
import type { ReadingOutcome } from '../doctor/judge-reading.ts';
import { mostCounted, plausibilityOf } from '../doctor/judge-reading.ts';
import type { Reading } from '../doctor/other-readings.ts';
import { withReading } from '../doctor/other-readings.ts';
import type { HeadSpec } from '../heads/read-head.ts';
import type { RawNetwork } from './raw-network.ts';
import { openRawNetwork } from './raw-network.ts';

interface LookedAt {
  readonly outputs: readonly RawOutput[];
  readonly input: Size;
}

const unreadable: ReadingOutcome = { boxes: null, plausibility: 0 };

/**
 * Looks at one picture with every reading of a network. The network runs once for each way to prepare the picture;
 * readings that prepare it alike share the outputs.
 *
 * @param picture stays the caller's
 * @returns an outcome for each reading, in their order
 */
export async function tryReadings(model: ImportedModel, readings: readonly Reading[], picture: ImageBitmap): Promise<Result<readonly ReadingOutcome[], ModelFailure>> {
  const opened = await openRawNetwork(model);
  if (!opened.ok) return opened;
  try {
    const runs = new Map<string, LookedAt>();
    const outcomes: ReadingOutcome[] = [];
    for (const reading of readings) {
      const key = JSON.stringify([reading.colour, reading.mean, reading.scale, reading.fit]);
      const looked = runs.get(key) ?? (await lookAt(opened.value, model, reading, picture));
      runs.set(key, looked);
      outcomes.push(outcomeOf(reading.head, looked, model.card.thresholds));
    }
    return ok(outcomes);
  } finally {
    opened.value.dispose();
  }
}

async function lookAt(network: RawNetwork, { card }: ImportedModel, reading: Reading, picture: ImageBitmap): Promise<LookedAt> {
  const prepared = withReading(card, reading).input;
  const fit = inputFit(prepared, { width: picture.width, height: picture.height }, prepared.defaultPx);
  return { outputs: await network.predict(new InputSampler(prepared).sample(picture, fit)), input: fit.input };
}

function outcomeOf(head: HeadSpec, { outputs, input }: LookedAt, { score, iou }: ImportedModel['card']['thresholds']): ReadingOutcome {
  if (!outputs.every(({ data }) => allFinite(data))) return unreadable;
  const candidates = decodeHead(head, outputs, score, input);
  const found = nms(candidates, { iouThreshold: iou, maxBoxes: mostCounted }).map((index) => ({ score: candidates.scores[index] ?? 0, boxPx: boxOfCandidate(candidates, index) }));
  return { boxes: found.length, plausibility: plausibilityOf(found, input) };
}
