import type { DoorEvent, LogKeys, LoggedEvent } from '../../src/audit/index.ts';
import { doorIdOf, hashOfLine, newLogKeys, writeCheckpoint, writeHeader, writeLine } from '../../src/audit/index.ts';

export const startMs = Date.UTC(2031, 4, 6, 8);

/** An export with one line for each event, a minute apart, as it is written down in `lines.ts`. */
export async function madeAudit(events: readonly LoggedEvent[], keys?: LogKeys): Promise<string> {
  const { privateKey, publicKey } = keys ?? (await newLogKeys());
  const texts = [writeHeader(publicKey)];
  let before = await hashOfLine(writeHeader(publicKey));
  for (const [i, event] of events.entries()) {
    const text = await writeLine(privateKey, { seq: i + 1, atMs: startMs + i * 60_000, before, event });
    texts.push(text);
    before = await hashOfLine(text);
  }
  const checkpoint = { count: events.length, lastSeq: events.length, lastHash: before, atMs: startMs + events.length * 60_000 };
  return [...texts, await writeCheckpoint(privateKey, checkpoint), ''].join('\n');
}

/** A visit: let in by face and PIN, the door opened. */
export async function visit(n: number): Promise<readonly DoorEvent[]> {
  const decisionId = `d-${n}`;
  return [
    { kind: 'decision', decisionId, outcome: 'granted', mode: 'anyone', factors: ['face', 'pin'], doorPersonId: await doorIdOf(`person ${n}`), reasons: [] },
    { kind: 'pulse', decisionId, stage: 'asked', code: null },
    { kind: 'pulse', decisionId, stage: 'opened', code: 'device' },
  ];
}

export const begun: LoggedEvent = { kind: 'begun', after: null };

export function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}
