import type { DoorOutput, PulseResult } from '../ports.ts';
import type { RecordWriter } from './record-writer.ts';

/** Asks the door at most once for each decision, and writes down what became of it. */
export class DoorOnce {
  readonly #door: DoorOutput;
  readonly #record: RecordWriter;
  readonly #asked = new Set<string>();
  readonly #underWay = new Map<string, AbortController>();

  constructor(door: DoorOutput, record: RecordWriter) {
    this.#door = door;
    this.#record = record;
  }

  wasAsked(decisionId: string): boolean {
    return this.#asked.has(decisionId);
  }

  /** Never throws. What the door says late is written down as well. */
  async open(decisionId: string): Promise<PulseResult> {
    if (this.#asked.has(decisionId)) return { outcome: 'refused', code: 'asked-twice' };
    this.#asked.add(decisionId);
    const stop = new AbortController();
    this.#underWay.set(decisionId, stop);
    const result = await this.#ask(decisionId, stop.signal);
    this.#underWay.delete(decisionId);
    this.#record.note({ kind: 'pulse', decisionId, stage: result.outcome, code: result.code });
    return result;
  }

  /** If the door has not begun to open, it must not. Nobody knows whether it has. */
  stop(decisionId: string): void {
    const stop = this.#underWay.get(decisionId);
    if (!stop || stop.signal.aborted) return;
    stop.abort();
    this.#record.note({ kind: 'pulse', decisionId, stage: 'unknown', code: 'no-answer' });
  }

  stopAll(): void {
    for (const decisionId of this.#underWay.keys()) this.stop(decisionId);
  }

  async #ask(decisionId: string, signal: AbortSignal): Promise<PulseResult> {
    try {
      return await this.#door.pulse(decisionId, signal);
    } catch {
      return { outcome: 'unknown', code: 'threw' };
    }
  }
}
