import { expect } from 'vitest';
import type { Result } from '../../src/base/index.ts';
import type { Database } from '../../src/store/database.ts';
import { createDatabase } from '../../src/store/database.ts';
import type { FaultKind } from './storage-faults.ts';
import { failureCodes, injectFault } from './storage-faults.ts';

/** A call that is tried with a fault at each of its writes, transactions or openings. */
export interface Trial<Stage> {
  readonly databaseName: string;
  readonly kind: FaultKind;
  /** Sets everything up anew, on a fresh database. */
  readonly setStage: (database: Database) => Promise<Stage>;
  readonly call: (stage: Stage) => Promise<Result<unknown>>;
  /** Looks at what came of it; the fault is over. */
  readonly judge: (stage: Stage, result: Result<unknown>) => Promise<void>;
  /** False for a call that keeps its failures to itself. */
  readonly tells?: boolean;
}

/**
 * Runs a call once for every write, transaction or opening that it makes, with a fault at that one, and once more without.
 * A failure must be the one that the fault stands for.
 *
 * @returns how many points there were
 */
export async function atEveryPoint<Stage>({ databaseName, kind, setStage, call, judge, tells = true }: Trial<Stage>): Promise<number> {
  for (let nth = 1; ; nth++) {
    const database = createDatabase({ name: databaseName });
    const stage = await setStage(database);
    // An opening can only fail where the call has to open.
    if (kind.startsWith('open-')) await database.close();
    const fault = injectFault(kind, nth);
    const result = await call(stage).finally(fault.remove);
    if (!result.ok) expect(result.failure.code).toBe(failureCodes[kind]);
    // A dead connection that is found out in time is replaced; every other fault is told.
    expect(result.ok).toBe(!tells || !fault.fired() || kind === 'killed-before');
    await judge(stage, result);
    await database.close();
    if (!fault.fired()) return nth - 1;
  }
}
