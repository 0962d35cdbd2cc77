import { access, constants } from 'node:fs/promises';
import { join } from 'node:path';
import type { AcceptRate, BoundedRate, ComparedPair, FacePhotoPair, VerificationSummary } from '../../src/evaluation/index.ts';
import { evaluateVerification, readPairs } from '../../src/evaluation/index.ts';
import type { DescriptorRule } from '../../src/faces/index.ts';
import { compare } from '../../src/faces/index.ts';
import type { BackendName } from '../../src/pipeline/index.ts';
import { AppPage } from './app-page.ts';
import type { VerifyCommand } from './command.ts';
import type { Embedded } from './embed-images.ts';
import { embedImages } from './embed-images.ts';
import { textOf } from './label-pairs.ts';
import { WorkError } from './work-error.ts';
import { checkWritable, writeWhole } from './write-whole.ts';

type Bounds = readonly [atLeast: number, atMost: number];

/** How well distances verify, as the command prints it. Bounds hold with 95 % confidence. */
export interface VerificationScore {
  readonly pairs: number;
  readonly genuine: number;
  readonly impostors: number;
  readonly images: number;
  /** Pictures without a face or that could not be read: every pair with one of them is an error in all figures. */
  readonly failuresToFindFace: number;
  readonly pairsNotCompared: number;
  readonly accuracy: number;
  readonly accuracyBounds: Bounds;
  readonly accuracyStandardError: number | null;
  readonly accuracyHow: string;
  /** Middle of those that the folds chose. */
  readonly threshold: number;
  readonly AUC: number;
  readonly EER: number;
  /** By the target: how many pairs of one person pass while not more strangers do. */
  readonly tarAtFar: Readonly<Record<string, number>>;
  readonly tarBounds: Readonly<Record<string, Bounds>>;
  readonly farThresholds: Readonly<Record<string, number | null>>;
}

/** The line that `verify` prints. */
export interface VerificationLine extends VerificationScore {
  readonly model: string;
  readonly backend: BackendName;
}

/**
 * Compares the faces of pairs of pictures by the shipped pipeline. Throws WorkError when the pairs cannot be read, name
 * pictures that are not there, or the pipeline does not start.
 */
export async function verify({ pairsPath, rootPath, model, outPath, backend, sizePx, minScore }: VerifyCommand): Promise<VerificationLine> {
  if (outPath !== null) await checkWritable(outPath);
  const pairs = await readFacePairs(pairsPath);
  const photos = await photosOf(pairs, rootPath);
  const { started, embedded } = await AppPage.during(backend, async (app) => {
    const start = await app.start({ task: 'embed', model, backend, sizePx, minScore });
    return { started: start, embedded: await embedImages(app, photos) };
  });
  if (!started.compare) throw new WorkError('no-rule', `${started.modelId} has no rule to compare its numbers by`);
  const compared = comparedPairs(pairs, embedded, started.compare);
  const line: VerificationLine = { model: started.modelId, backend: started.report.backend, ...scoreOfPairs(compared, embedded) };
  if (outPath !== null) await writeWhole(outPath, { ...line, misses: missesOf(embedded), comparisons: compared.map((each, i) => ({ ...pairs[i], ...each })) });
  return line;
}

/** Throws WorkError when the pairs cannot be read. */
export async function readFacePairs(path: string): Promise<readonly FacePhotoPair[]> {
  const pairs = readPairs(await textOf(path));
  if (!pairs.ok) throw new WorkError(pairs.failure.code, `${path}: ${pairs.failure.detail}`);
  return pairs.value;
}

/** Every picture once. Throws WorkError when one of them is not there: a measurement with gaps is none. */
export async function photosOf(pairs: readonly FacePhotoPair[], root: string): Promise<readonly { readonly name: string; readonly path: string }[]> {
  const photos = [...new Set(pairs.flatMap(({ a, b }) => [a, b]))].map((name) => ({ name, path: join(root, name) }));
  const missing = await Promise.all(photos.map(({ path }) => access(path, constants.R_OK).then(() => false, () => true)));
  const [first] = photos.filter((_, i) => missing[i]);
  if (first) throw new WorkError('unreadable-file', `${first.path}: not there, like ${missing.filter(Boolean).length - 1} more of ${photos.length}`);
  return photos;
}

/** The distance of every pair by the rule; null where a face is missing or its numbers cannot be compared. */
export function comparedPairs(pairs: readonly FacePhotoPair[], embedded: ReadonlyMap<string, Embedded>, rule: DescriptorRule): readonly ComparedPair[] {
  return pairs.map(({ a, b, isSame, fold }) => {
    const [one, other] = [embedded.get(a), embedded.get(b)];
    const distance = one?.ok && other?.ok ? compare(one.value, other.value, rule) : null;
    return { isSame, fold, distance: distance?.ok ? distance.value : null };
  });
}

/** Throws WorkError where there are no pairs of one of the two kinds. */
export function scoreOfPairs(compared: readonly ComparedPair[], embedded: ReadonlyMap<string, Embedded>): VerificationScore {
  const summary = evaluateVerification(compared);
  if (!summary.ok) throw new WorkError(summary.failure.code, summary.failure.detail);
  return { ...printed(summary.value), images: embedded.size, failuresToFindFace: missesOf(embedded).length };
}

function missesOf(embedded: ReadonlyMap<string, Embedded>): readonly object[] {
  return [...embedded].flatMap(([name, each]) => (each.ok ? [] : [{ name, ...each.failure }]));
}

function printed({ pairs, genuine, impostors, notCompared, accuracy, standardError, how, threshold, areaUnderCurve, equalErrorRate, acceptRates }: VerificationSummary): Omit<VerificationScore, 'images' | 'failuresToFindFace'> {
  const byTarget = <T>(of: (rate: AcceptRate) => T): Readonly<Record<string, T>> => Object.fromEntries(acceptRates.map((rate) => [rate.falseAcceptRate.toExponential(), of(rate)]));
  return {
    ...{ pairs, genuine, impostors, pairsNotCompared: notCompared },
    ...{ accuracy: accuracy.value, accuracyBounds: boundsOf(accuracy), accuracyStandardError: standardError, accuracyHow: how, threshold },
    ...{ AUC: areaUnderCurve, EER: equalErrorRate },
    tarAtFar: byTarget(({ trueAcceptRate }) => trueAcceptRate.value),
    tarBounds: byTarget(({ trueAcceptRate }) => boundsOf(trueAcceptRate)),
    farThresholds: byTarget((rate) => rate.threshold),
  };
}

function boundsOf({ atLeast, atMost }: BoundedRate): Bounds {
  return [atLeast, atMost];
}
