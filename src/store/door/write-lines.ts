import type { LoggedEvent, LogLine } from '../../audit/index.ts';
import { hashOfLine, writeCheckpoint, writeLine } from '../../audit/index.ts';
import type { ClockJump } from './clock-watch.ts';
import type { Place } from './log-end.ts';

export interface WrittenLines {
  readonly lines: readonly { readonly seq: number; readonly text: string }[];
  /** The signed checkpoint behind them. */
  readonly head: string;
  readonly last: LogLine;
}

/**
 * Some events, at least one, as lines that follow a place; a jump of the clock gets a line before them, unless the log only
 * begins.
 */
export async function linesAfter(place: Place, events: readonly LoggedEvent[], { dateMs, jump }: { readonly dateMs: number; readonly jump: ClockJump | null }): Promise<WrittenLines> {
  const { privateKey } = place.keys;
  const lines: { readonly seq: number; readonly text: string }[] = [];
  let end: { readonly seq: number; readonly hash: string } = place;
  let last: LogLine | null = null;
  for (const event of jump && place.head !== null ? [{ kind: 'clock', ...jump } as const, ...events] : events) {
    const line: LogLine = { seq: end.seq + 1, atMs: dateMs, before: end.hash, event };
    const text = await writeLine(privateKey, line);
    lines.push({ seq: line.seq, text });
    end = { seq: line.seq, hash: await hashOfLine(text) };
    last = line;
  }
  if (!last) throw new RangeError('at least one event is written');
  const head = await writeCheckpoint(privateKey, { count: place.count + lines.length, lastSeq: end.seq, lastHash: end.hash, atMs: dateMs });
  return { lines, head, last };
}
