import type { Result } from '../../../src/base/index.ts';
import type { DoorEvent } from '../../../src/audit/index.ts';
import type { Database } from '../../../src/store/database.ts';
import { createDoorLog } from '../../../src/store/door/create-door-log.ts';
import { SetTime } from '../../faults/set-time.ts';
import type { DoorLog } from '../../../src/store/door/door-log.ts';

export { SetTime };

export const startMs = Date.UTC(2031, 4, 6, 8);

export function madeLog(database: Database, time = new SetTime()): DoorLog {
  return createDoorLog(database, { calendar: time, clock: time });
}

export function decision(n: number): DoorEvent {
  return { kind: 'decision', decisionId: `decision-${n}`, outcome: 'refused', mode: 'anyone', factors: ['face'], reasons: ['too-far'] };
}

/** The value of a result that must be one. */
export async function valueOf<T>(result: Promise<Result<T>>): Promise<T> {
  const settled = await result;
  if (!settled.ok) throw new Error(JSON.stringify(settled.failure));
  return settled.value;
}

export async function exportedBytes(log: DoorLog): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await (await valueOf(log.exportFile())).arrayBuffer());
}
