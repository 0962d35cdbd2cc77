import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LoggedEvent } from '../../src/audit/index.ts';
import { doorIdOf, newLogKeys, verifyAudit } from '../../src/audit/index.ts';
import { begun, bytesOf, madeAudit, startMs, visit } from './made-audit.ts';

const events: readonly LoggedEvent[] = [begun, ...(await visit(1)), ...(await visit(2)), { kind: 'fault', part: 'camera', code: 'camera-ended' }];
const text = await madeAudit(events);
const lines = text.slice(0, -1).split('\n');
const fileOf = (some: readonly string[]): Uint8Array<ArrayBuffer> => bytesOf(`${some.join('\n')}\n`);

async function breakOf(file: Uint8Array<ArrayBuffer>): Promise<string> {
  const verified = await verifyAudit(file);
  return verified.ok ? 'whole' : `${verified.failure.code} at ${verified.failure.line}`;
}

describe('an exported audit', () => {
  it('is whole as it was written', async () => {
    const verified = await verifyAudit(bytesOf(text));
    expect(verified).toMatchObject({ ok: true, value: { lines: events.map((event, i) => ({ seq: i + 1, event })), report: { count: 8, firstSeq: 1, lastSeq: 8, fromMs: startMs, toMs: startMs + 7 * 60_000, stepsBack: 0 } } });
  });

  it('shows every single bit that changed', async () => {
    const file = bytesOf(await madeAudit([begun, { kind: 'update', from: '1', to: '2' }]));
    const passed: number[] = [];
    for (let bit = 0; bit < file.length * 8; bit++) {
      const altered = file.slice();
      altered[bit >> 3] = (altered[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      if ((await verifyAudit(altered)).ok) passed.push(bit);
    }
    expect(file.length).toBeGreaterThan(800);
    expect(passed).toEqual([]);
  }, 120_000);

  it('shows every end that is missing', async () => {
    const file = bytesOf(text);
    const passed: number[] = [];
    for (let length = 0; length < file.length; length++) if ((await verifyAudit(file.slice(0, length))).ok) passed.push(length);
    expect(passed).toEqual([]);
  }, 120_000);

  it('shows every run of lines that was removed, doubled or moved', async () => {
    for (let from = 0; from < lines.length; from++) {
      for (let to = from + 1; to <= lines.length; to++) {
        const some = lines.slice(from, to);
        const without = lines.toSpliced(from, to - from);
        expect(await breakOf(fileOf(without))).not.toBe('whole');
        expect(await breakOf(fileOf(lines.toSpliced(to, 0, ...some)))).not.toBe('whole');
        for (let at = 0; at <= without.length; at++) if (at !== from) expect(await breakOf(fileOf(without.toSpliced(at, 0, ...some)))).not.toBe('whole');
      }
    }
  }, 120_000);

  it('shows any bytes put in, taken out, changed or moved', async () => {
    const file = [...bytesOf(text)];
    const place = fc.nat({ max: file.length - 1 });
    const edit = fc.oneof(
      fc.record({ at: place, out: fc.nat({ max: 300 }), put: fc.array(fc.integer({ min: 0, max: 255 }), { maxLength: 40 }) }).map(({ at, out, put }) => file.toSpliced(at, out, ...put)),
      fc.record({ at: place, out: fc.integer({ min: 1, max: 900 }), to: place }).map(({ at, out, to }) => {
        const piece = file.slice(at, at + out);
        return file.toSpliced(at, out).toSpliced(to, 0, ...piece);
      }),
      fc.record({ at: place, more: fc.integer({ min: 1, max: 900 }) }).map(({ at, more }) => file.toSpliced(at, 0, ...file.slice(at, at + more))),
    );
    await fc.assert(
      fc.asyncProperty(edit, async (bytes) => {
        const altered = Uint8Array.from(bytes);
        fc.pre(altered.length !== file.length || altered.some((byte, i) => byte !== file[i]));
        expect((await verifyAudit(altered)).ok).toBe(false);
      }),
      { numRuns: 2000 },
    );
  }, 120_000);

  it('names the first broken place', async () => {
    const other = (await madeAudit(events)).slice(0, -1).split('\n');
    expect(await breakOf(fileOf(lines.with(3, lines[3]!.replace('asked', 'opened'))))).toBe('altered at 4');
    expect(await breakOf(fileOf(lines.with(3, lines[3]!.replace(',', ', '))))).toBe('altered at 4');
    expect(await breakOf(fileOf(lines.with(3, other[3]!)))).toBe('altered at 4');
    expect(await breakOf(fileOf(lines.toSpliced(4, 1)))).toBe('gap at 5');
    expect(await breakOf(fileOf(lines.toSpliced(1, 2)))).toBe('no-beginning at 2');
    expect(await breakOf(fileOf(lines.slice(0, -1)))).toBe('cut-off at 9');
    expect(await breakOf(fileOf(lines.toSpliced(-2, 1)))).toBe('other-end at 9');
    expect(await breakOf(fileOf(lines.slice(0, 1)))).toBe('cut-off at 1');
    expect(await breakOf(fileOf(lines.with(0, other[0]!)))).toBe('altered at 2');
    expect(await breakOf(fileOf(lines.slice(1)))).toBe('not-an-audit at 1');
    expect(await breakOf(bytesOf(`\ufeff${text}`))).toBe('not-an-audit at 1');
    expect(await breakOf(bytesOf(''))).toBe('cut-off at 1');
    expect(await breakOf(Uint8Array.from([...bytesOf(text), 0xff]))).toBe('cut-off at 1');
  });

  it('of another device is told from one of this device by the fingerprint', async () => {
    const own = await verifyAudit(bytesOf(text));
    const fingerprint = own.ok ? own.value.report.fingerprint : '';
    expect((await verifyAudit(bytesOf(text), fingerprint)).ok).toBe(true);
    expect(await verifyAudit(bytesOf(await madeAudit(events)), fingerprint)).toMatchObject({ ok: false, failure: { code: 'other-key', line: 1 } });
  });

  it('whose old end was cut off without a word of the log has no beginning', async () => {
    const keys = await newLogKeys();
    const cutTooMuch = await madeAudit([begun, ...(await visit(1)), { kind: 'cut', upToSeq: 2, hash: '0'.repeat(64) }], keys);
    expect(await breakOf(bytesOf(cutTooMuch))).toBe('no-beginning at 2');
    expect(await breakOf(bytesOf(await madeAudit([...(await visit(1))], keys)))).toBe('no-beginning at 2');
  });

  it('tells people apart and names nobody', async () => {
    const ids = await Promise.all(['0123456789abcdef', '0123456789abcdee', '0123456789abcdef'].map(doorIdOf));
    expect(ids[0]).toMatch(/^[0-9a-f]{64}$/);
    expect(ids[0]).toBe(ids[2]);
    expect(ids[0]).not.toBe(ids[1]);
    expect(text).not.toContain('person 1');
  });
});
