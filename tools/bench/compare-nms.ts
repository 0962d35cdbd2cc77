import type { Page } from 'playwright-core';
import type { BackendName } from '../../src/pipeline/index.ts';
import { say } from '../evaluate/progress.ts';
import type { BenchCommand } from './command.ts';
import { inPage } from './in-page.ts';
import { median } from './median.ts';
import type { NmsRequest, NmsTurn } from './page/bench-door.ts';

interface NmsSide {
  readonly medianMs: number;
  /** Boxes kept, all outputs together. */
  readonly kept: number;
}

/** The line of the comparison of decoding and suppression alone. */
export interface NmsLine {
  readonly peer: 'tfjs-nms';
  readonly backend: BackendName;
  readonly threads: number;
  readonly outputs: number;
  readonly ours: NmsSide;
  /** tfjs operations and `nonMaxSuppressionAsync` for every class of the network. */
  readonly theirs: NmsSide;
  /** The same for the classes that reach the score only. */
  readonly theirsOccurringClasses: NmsSide;
  /** Our median time over theirs: below 1 we are faster. */
  readonly ratio: number;
  /** How many times faster we are than either. */
  readonly timesFaster: number;
  readonly timesFasterThanOccurringClasses: number;
}

const rounds = 60;

/** Decodes made [1, 84, 8400] outputs and suppresses their boxes in three ways, in one page, in turn. Throws WorkError. */
export async function compareNms(page: Page, { backend, nmsMinScore }: BenchCommand): Promise<NmsLine> {
  const report = await inPage(() => page.evaluate(async (request) => window.lintelBench?.compareNms(request), { backend, minScore: nmsMinScore, rounds } satisfies NmsRequest));
  say(`tfjs-nms: ${report.backend}, ${report.threads} threads, SIMD ${report.simd ? 'on' : 'off'}`);
  const [ours, theirs, occurring] = [sideOf(report.ours), sideOf(report.everyClass), sideOf(report.occurringClasses)];
  return {
    ...{ peer: 'tfjs-nms', backend: report.backend, threads: report.threads, outputs: report.ours.length },
    ...{ ours, theirs, theirsOccurringClasses: occurring },
    ratio: ours.medianMs / theirs.medianMs,
    timesFaster: theirs.medianMs / ours.medianMs,
    timesFasterThanOccurringClasses: occurring.medianMs / ours.medianMs,
  };
}

function sideOf(turns: readonly NmsTurn[]): NmsSide {
  return { medianMs: median(turns.map(({ ms }) => ms)), kept: turns.reduce((sum, { kept }) => sum + kept, 0) };
}
