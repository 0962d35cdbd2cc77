import { join } from 'node:path';
import * as v from 'valibot';
import type { Failure, Result } from '../../base/index.ts';
import { err, messageOf, ok } from '../../base/index.ts';
import { parseJson } from '../../doorlink/index.ts';
import { readPrivateFile } from '../certificates/private-file.ts';
import { writeDurably } from './durable-file.ts';

/** How many of a kiosk's last decisions are remembered, oldest forgotten first. */
const keptDecisions = 512;

const schema = v.strictObject({ counter: v.pipe(v.number(), v.safeInteger(), v.minValue(0)), decisions: v.array(v.string()) });

/** What a kiosk has asked for so far. */
export type KioskRecord = v.InferOutput<typeof schema>;

/**
 * Counters and decisions that are used up, on the disk before the output hears of them: what was asked once is never
 * carried out again, whenever the power fails. A missing or damaged record stops pulses; it never starts from zero.
 */
export class PulseLedger {
  constructor(private readonly folder: string) {}

  /** For a kiosk that was just paired. */
  async begin(kioskId: string): Promise<void> {
    await this.#write(kioskId, { counter: 0, decisions: [] });
  }

  async read(kioskId: string): Promise<Result<KioskRecord, Failure<'not-recorded'>>> {
    try {
      const content = await readPrivateFile(this.#path(kioskId));
      const parsed = v.safeParse(schema, content === null ? undefined : parseJson(content));
      return parsed.success ? ok(parsed.output) : err('not-recorded', `${this.#path(kioskId)} is missing or damaged`);
    } catch (thrown) {
      return err('not-recorded', messageOf(thrown));
    }
  }

  /** @param record as it was read; the caller lets nobody else write between */
  async use(kioskId: string, record: KioskRecord, counter: number, decisionId: string): Promise<Result<void, Failure<'not-recorded'>>> {
    try {
      await this.#write(kioskId, { counter, decisions: [...record.decisions, decisionId].slice(-keptDecisions) });
      return ok(undefined);
    } catch (thrown) {
      return err('not-recorded', messageOf(thrown));
    }
  }

  #write(kioskId: string, record: KioskRecord): Promise<void> {
    return writeDurably(this.#path(kioskId), JSON.stringify(record));
  }

  #path(kioskId: string): string {
    return join(this.folder, `${kioskId}.json`);
  }
}
