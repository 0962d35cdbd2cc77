import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { VersionRecord } from '../../sw/version-record.ts';
import { isOnTrial, pageOpened, proved, recordFrom, rolledBack, takenOver, triedAgain } from '../../sw/version-record.ts';

const first = takenOver(null, 'v1');
const onTrial = takenOver(first, 'v2');

describe('the version that is served', () => {
  it('is the first one without a trial: there is nothing to go back to', () => {
    expect(first).toEqual({ served: 'v1', before: null, trial: null, failed: null });
    expect(rolledBack(pageOpened(first, 'a'))).toEqual(first);
  });

  it('is a new one on trial, until one of its own pages proves it', () => {
    const opened = pageOpened(onTrial, 'a');
    expect([isOnTrial(opened, 'a'), isOnTrial(opened, 'of the old one')]).toEqual([true, false]);
    expect(proved(opened, 'of the old one')).toEqual(opened);
    expect(proved(opened, 'a')).toEqual({ served: 'v2', before: 'v1', trial: null, failed: null });
  });

  it('is the one before when the new one fails, or is opened three times in vain; the new one can be tried again', () => {
    const back = rolledBack(onTrial);
    expect(back).toEqual({ served: 'v1', before: 'v2', trial: null, failed: 'v2' });
    expect(['a', 'b', 'c', 'd'].reduce(pageOpened, onTrial)).toEqual(back);
    expect(triedAgain(back)).toEqual(onTrial);
    expect(takenOver(back, 'v2')).toEqual(back);
    expect(takenOver(back, 'v3')).toEqual({ served: 'v3', before: 'v1', trial: { clientIds: [] }, failed: null });
  });

  it('is never one that failed, and never none, in any order of what may happen', () => {
    const acts = fc.oneof(
      fc.constantFrom('v2', 'v3', 'v4').map((own) => (record: VersionRecord) => takenOver(record, own)),
      fc.constantFrom('a', 'b').map((id) => (record: VersionRecord) => pageOpened(record, id)),
      fc.constantFrom('a', 'b').map((id) => (record: VersionRecord) => proved(record, id)),
      fc.constant(rolledBack),
      fc.constant(triedAgain),
    );
    fc.assert(
      fc.property(fc.array(acts, { maxLength: 30 }), (order) => {
        let record = first;
        for (const act of order) {
          record = act(record);
          expect(record.failed).not.toBe(record.served);
          expect(record.before).not.toBe(record.served);
          if (record.trial) expect(record.before).not.toBeNull();
          expect(recordFrom(JSON.parse(JSON.stringify(record)))).toEqual(record);
        }
      }),
    );
  });

  it('is read from what lies on the disk only where that is a record', () => {
    for (const value of [null, 7, {}, { served: 1, before: null, failed: null }, { served: 'a', before: 2, failed: null }]) expect(recordFrom(value)).toBeNull();
    expect(recordFrom({ served: 'a', before: null, failed: null, trial: { clientIds: ['x'] } })?.trial).toBeNull();
  });
});
