import type { Result } from '../../base/index.ts';
import { ok } from '../../base/index.ts';
import type { Affine, Size } from '../../geometry/index.ts';
import { boxOfCandidate, invert, mapCandidates, nms } from '../../geometry/index.ts';
import type { ImportedModel, ModelFailure } from '../../runtime/index.ts';
import { allFinite, inputFit } from '../../runtime/index.ts';
import { InputSampler } from '../../runtime/tf.ts';
import { decodeHead } from '../decode/decode-head.ts';
import type { RawOutput } from '../decode/raw-output.ts';
import type { FoundBox, ReadingOutcome } from '../doctor/judge-reading.ts';
import { mostCounted, plausibilityOf } from '../doctor/judge-reading.ts';
import type { Reading } from '../doctor/other-readings.ts';
import { withReading } from '../doctor/other-readings.ts';
import type { HeadSpec } from '../heads/read-head.ts';
import type { RawNetwork } from './raw-network.ts';
import { openRawNetwork } from './raw-network.ts';

type Thresholds = ImportedModel['card']['thresholds'];

/** One run of the network. */
interface Look {
  readonly outputs: readonly RawOutput[];
  readonly input: Size;
  readonly inputToPicture: Affine;
}

interface Pair {
  readonly plain: Look;
  readonly moved: Look;
}

/** The moved picture is smaller, so what is small may be seen with less certainty. */
const shrunk = 0.7;
const lessCertain = 0.6;
const borderGrey = 'rgb(114 114 114)';

/**
 * Looks at one picture with every reading of a network, and once more at the picture mirrored and made smaller. The
 * network runs twice for each way to prepare a picture; readings that prepare it alike share the outputs.
 *
 * @param picture stays the caller's
 * @returns an outcome for each reading, in their order
 */
export async function tryReadings(model: ImportedModel, readings: readonly Reading[], picture: ImageBitmap): Promise<Result<readonly ReadingOutcome[], ModelFailure>> {
  const opened = await openRawNetwork(model);
  if (!opened.ok) return opened;
  const size: Size = { width: picture.width, height: picture.height };
  const moved = mirroredSmaller(size);
  const movedPicture = drawn(picture, size, moved);
  try {
    const pairs = new Map<string, Pair>();
    const outcomes: ReadingOutcome[] = [];
    for (const reading of readings) {
      const key = JSON.stringify([reading.colour, reading.mean, reading.scale, reading.fit]);
      const look = (bitmap: ImageBitmap): Promise<Look> => lookAt(opened.value, model, reading, bitmap);
      const pair = pairs.get(key) ?? { plain: await look(picture), moved: await look(movedPicture) };
      pairs.set(key, pair);
      outcomes.push(outcomeOf(reading.head, pair, model.card.thresholds, size, moved));
    }
    return ok(outcomes);
  } finally {
    movedPicture.close();
    opened.value.dispose();
  }
}

async function lookAt(network: RawNetwork, { card }: ImportedModel, reading: Reading, picture: ImageBitmap): Promise<Look> {
  const prepared = withReading(card, reading).input;
  const fit = inputFit(prepared, { width: picture.width, height: picture.height }, prepared.defaultPx);
  const outputs = await network.predict(new InputSampler(prepared).sample(picture, fit));
  return { outputs, input: fit.input, inputToPicture: invert(fit.frameToInput) };
}

function outcomeOf(head: HeadSpec, { plain, moved }: Pair, { score, iou }: Thresholds, size: Size, movement: Affine): ReadingOutcome {
  if (![...plain.outputs, ...moved.outputs].every(({ data }) => allFinite(data))) return { boxes: null, plausibility: 0 };
  const found = boxesIn(head, plain, score, iou);
  const again = found.length === 0 ? [] : boxesIn(head, moved, score * lessCertain, iou);
  return { boxes: found.length, plausibility: plausibilityOf({ found, again, size, moved: movement }) };
}

function boxesIn(head: HeadSpec, { outputs, input, inputToPicture }: Look, minScore: number, iouThreshold: number): readonly FoundBox[] {
  const candidates = mapCandidates(decodeHead(head, outputs, minScore, input), inputToPicture);
  return nms(candidates, { iouThreshold, maxBoxes: mostCounted }).map((index) => ({
    classId: candidates.classIds[index] ?? 0,
    score: candidates.scores[index] ?? 0,
    boxPx: boxOfCandidate(candidates, index),
  }));
}

/** Left and right change sides, and the picture shrinks away from every border. */
function mirroredSmaller({ width, height }: Size): Affine {
  const margin = (1 - shrunk) / 2;
  return { a: -shrunk, b: 0, c: 0, d: shrunk, e: width * (1 - margin), f: height * margin };
}

function drawn(picture: ImageBitmap, { width, height }: Size, { a, b, c, d, e, f }: Affine): ImageBitmap {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('this browser has no 2d canvas in workers');
  context.fillStyle = borderGrey;
  context.fillRect(0, 0, width, height);
  context.setTransform(a, b, c, d, e, f);
  context.imageSmoothingQuality = 'medium';
  context.drawImage(picture, 0, 0);
  return canvas.transferToImageBitmap();
}
