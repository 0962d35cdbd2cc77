import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifyAudit } from '../../src/audit/index.ts';
import { begun, bytesOf, madeAudit, visit } from '../audit/made-audit.ts';

interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

function run(...args: readonly string[]): Promise<Ran> {
  return new Promise((resolve) => {
    const child = execFile(process.execPath, ['--import', 'tsx', 'tools/audit-verify.ts', ...args], (_error, out, err) => resolve({ code: child.exitCode ?? -1, out, err }));
  });
}

describe('npm run audit:verify', () => {
  let folder: string;
  let file: string;
  let fingerprint: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lintel-audit-'));
    file = join(folder, 'door.jsonl');
    const text = await madeAudit([begun, ...(await visit(1))]);
    const verified = await verifyAudit(bytesOf(text));
    fingerprint = verified.ok ? verified.value.report.fingerprint : '';
    await writeFile(file, text);
    await writeFile(join(folder, 'altered.jsonl'), text.replace('"asked"', '"opened"'));
  });

  afterAll(() => rm(folder, { recursive: true }));

  it('says that a whole file is whole, and who signed it', async () => {
    const { code, out, err } = await run(file);
    expect([code, err]).toEqual([0, '']);
    expect(out).toContain(`4 entries, from 2031-05-06T08:00:00.000Z to 2031-05-06T08:03:00.000Z, chain whole, signed by ${fingerprint}`);
    expect(out).toContain('compare the fingerprint');
    const byKey = await run(file, '--key', fingerprint.toUpperCase().replace(/(.{4})(?=.)/g, '$1:'));
    expect([byKey.code, byKey.out.includes('compare')]).toEqual([0, false]);
  });

  it('names the first broken place and fails', async () => {
    expect(await run(join(folder, 'altered.jsonl'))).toMatchObject({ code: 1, out: '', err: expect.stringContaining('altered.jsonl, line 4: altered') as string });
    expect(await run(file, '--key', '0'.repeat(64))).toMatchObject({ code: 1, out: '', err: expect.stringContaining('other-key') as string });
    expect(await run(join(folder, 'none.jsonl'))).toMatchObject({ code: 1, out: '', err: expect.stringContaining('cannot be read') as string });
  });

  it.each([[[]], [['a', 'b']], [['a', '--key']], [['a', '--key', 'abc']], [['--wrong']]])('shows how it is used for %j', async (args) => {
    expect(await run(...args)).toMatchObject({ code: 2, out: '', err: expect.stringContaining('usage: npm run audit:verify') as string });
  });
});
