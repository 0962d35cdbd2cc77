import { execFile } from 'node:child_process';
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import objectsCard from '../../models/objects-centernet/card.json' with { type: 'json' };
import { namedLabels } from '../../src/ui/i18n/object-names.ts';
import { templates } from '../../src/ui/locales/generated/zh-Hans.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

describe('texts', () => {
  it('are all translated, and the generated modules are those of the XLIFF files', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'lintel-texts-'));
    try {
      const config = JSON.parse(await readFile(join(root, 'lit-localize.json'), 'utf8')) as Record<string, unknown>;
      const output = { mode: 'runtime', outputDir: folder, localeCodesModule: join(folder, 'locale-codes.ts'), language: 'ts' };
      const interchange = { format: 'xliff', xliffDir: join(root, 'src/ui/locales/xliff') };
      const configPath = join(folder, 'lit-localize.json');
      await writeFile(configPath, JSON.stringify({ ...config, tsConfig: join(root, 'src/tsconfig.page.json'), output, interchange }));
      const tool = join(root, 'node_modules/@lit/localize-tools/bin/lit-localize.js');
      const { stdout, stderr } = await promisify(execFile)(process.execPath, [tool, 'build', '--config', configPath], { cwd: root });
      expect(`${stdout}${stderr}`).not.toMatch(/missing/);
      const made = (await readdir(folder)).filter((name) => name.endsWith('.ts'));
      expect(made.sort()).toEqual(['locale-codes.ts', 'zh-Hans.ts']);
      for (const name of made) {
        expect(await readFile(join(folder, name), 'utf8'), name).toBe(await readFile(join(root, 'src/ui/locales/generated', name), 'utf8'));
      }
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }, 120_000);

  it('name every class of the object model, in its order', () => {
    expect(namedLabels).toEqual(objectsCard.labels);
  });

  it('are Chinese where a language differs', () => {
    expect(templates['object-person']).toBe('人');
    const latinOnly = Object.entries(templates).filter(([, text]) => typeof text === 'string' && !/\p{Script=Han}/u.test(text));
    expect(latinOnly).toEqual([]);
  });
});
