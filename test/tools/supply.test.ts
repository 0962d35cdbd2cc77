import { existsSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { judgeAudit } from '../../tools/supply/judge-audit.mjs';
import { allowedLicences, mayShip, noticesOf, packageOf } from '../../tools/supply/notices.ts';

const root = join(import.meta.dirname, '../..');

/** A folder of made packages. */
async function packages(made: Readonly<Record<string, { readonly license?: string; readonly author?: string; readonly text?: string }>>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'lintel-packages-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  for (const [name, { text, ...manifest }] of Object.entries(made)) {
    await mkdir(join(folder, name), { recursive: true });
    await writeFile(join(folder, name, 'package.json'), JSON.stringify({ version: '1.0.0', ...manifest }));
    if (text !== undefined) await writeFile(join(folder, name, 'LICENSE'), text);
  }
  return folder;
}

describe('the notices of packages', () => {
  it('belong to the innermost package of a path', () => {
    expect(packageOf('/x/node_modules/@lit/context/index.js')).toBe('@lit/context');
    expect(packageOf('/x/node_modules/a/node_modules/b/lib/c.js?url')).toBe('b');
    expect(packageOf('\0vite/preload-helper.js')).toBeNull();
  });

  it('hold each text once, and one for those that name a licence and bring none', async () => {
    const folder = await packages({ a: { license: 'MIT', text: 'the text' }, b: { license: 'MIT', text: 'the text' }, c: { license: 'MIT', author: 'Ana <ana@example.org>' } });
    const { packages: listed, texts } = await noticesOf(['c', 'b', 'a', 'a'], folder);
    expect(listed.map(({ name, text }) => [name, text])).toEqual([['a', 0], ['b', 0], ['c', 1]]);
    expect(texts[1]).toMatch(/^MIT License\n\nCopyright \(c\) Ana\n\nPermission is hereby granted/);
  });

  it('name every package that may not ship', async () => {
    const folder = await packages({ a: { license: 'AGPL-3.0', text: 'x' }, b: {}, c: { license: 'ISC' }, d: { license: 'MIT', text: 'x' } });
    await expect(noticesOf(['a', 'b', 'c', 'd'], folder)).rejects.toThrow(/a 1\.0\.0: AGPL-3\.0, b 1\.0\.0: none.*c 1\.0\.0: no text of ISC/);
    await expect(noticesOf(['d'], folder)).resolves.toBeDefined();
  });

  it('read expressions', () => {
    for (const may of ['MIT', '(MIT OR GPL-3.0)', 'Apache-2.0 AND MIT']) expect(mayShip(may)).toBe(true);
    for (const not of ['GPL-3.0', 'MIT AND GPL-3.0', '(MIT OR ISC) AND GPL-3.0', '', 'SEE LICENSE IN LICENSE']) expect(mayShip(not)).toBe(false);
  });

  it('of the models are licences that may ship too', () => {
    for (const id of ['objects-centernet', 'faces-tiny-yolov2', 'face-landmarks-68', 'face-mesh', 'pose-movenet', 'face-descriptor-128', 'face-descriptor-1024', 'liveness', 'antispoof']) {
      const card = JSON.parse(readFileSync(join(root, `models/${id}/card.json`), 'utf8')) as { licence: { spdx: string } };
      expect(allowedLicences).toContain(card.licence.spdx);
    }
  });
});

describe('the audit of packages', () => {
  const report = (url: string): string => JSON.stringify({ vulnerabilities: { a: { name: 'a', via: ['b', { url, title: 'reads too far', severity: 'high' }] } } });

  it('fails on a weakness that nobody explained, and names it', () => {
    const { verdict, lines } = judgeAudit(report('https://x/1'), [{ advisory: 'https://x/2', why: 'not called' }]);
    expect(verdict).toBe('weak');
    expect(lines).toEqual(['high: a: reads too far (https://x/1)', 'no longer needed in audit-exceptions.json: https://x/2']);
  });

  it('passes with one that is explained, and with none', () => {
    expect(judgeAudit(report('https://x/1'), [{ advisory: 'https://x/1', why: 'not called' }])).toMatchObject({ verdict: 'clean', lines: [expect.stringContaining('explained: not called')] });
    expect(judgeAudit('{"vulnerabilities":{}}', []).verdict).toBe('clean');
  });

  it('says that it knows nothing where the registry gives no answer', () => {
    for (const printed of ['', 'garbage', '{"message":"405 Method Not Allowed"}']) expect(judgeAudit(printed, [])).toMatchObject({ verdict: 'unknown', lines: [expect.stringContaining('not checked')] });
  });

  it('has an explanation in every exception', () => {
    const file = join(root, 'tools/supply/audit-exceptions.json');
    expect(existsSync(file)).toBe(true);
    for (const each of JSON.parse(readFileSync(file, 'utf8')) as readonly { advisory: string; why: string }[]) {
      expect(each.advisory).toMatch(/^https:/);
      expect(each.why.length).toBeGreaterThan(20);
    }
  });
});
