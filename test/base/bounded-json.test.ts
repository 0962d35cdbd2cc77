import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { maxJsonDepth, readBoundedJson, readBoundedJsonBytes } from '../../src/base/index.ts';

const src = join(import.meta.dirname, '..', '..', 'src');

/** Who may parse JSON without the bounded reader, and why. */
const exceptions: Readonly<Record<string, string>> = {
  'base/bounded-json.ts': 'it is the bounded reader',
  'runtime/tensor/graph-model.ts': 'the file was checked by its hash, and a stranger\'s by the bounded reader when it was brought',
  'runtime/tensor/weight-map.ts': 'as above',
};

function codeOf(text: string, maxChars = 1000): string {
  const read = readBoundedJson(text, maxChars);
  return read.ok ? 'read' : read.failure.code;
}

describe('JSON from outside', () => {
  it('is read as it is', () => {
    expect(readBoundedJson('{"a": [1, "]}[{", "\\"["]}', 100)).toEqual({ ok: true, value: { a: [1, ']}[{', '"['] } });
    expect(readBoundedJsonBytes(new TextEncoder().encode('"é"'), 100)).toEqual({ ok: true, value: 'é' });
  });

  it('is refused when it is too long or too deep, or holds the key that means more than itself', () => {
    expect(codeOf('"123456789"', 10)).toBe('json-too-large');
    expect(codeOf('['.repeat(maxJsonDepth) + ']'.repeat(maxJsonDepth))).toBe('read');
    expect(codeOf('['.repeat(maxJsonDepth + 1) + ']'.repeat(maxJsonDepth + 1))).toBe('json-too-large');
    expect(codeOf('{"a": {"__proto__": 1}}')).toBe('json-invalid');
    expect(codeOf('{"\\u005f_proto__": 1}')).toBe('json-invalid');
    expect(codeOf('"__proto__"')).toBe('read');
    for (const text of ['', '{', 'NaN', "{'a': 1}"]) expect(codeOf(text)).toBe('json-invalid');
    expect(readBoundedJsonBytes(Uint8Array.from([0x22, 0xff, 0x22]), 100)).toMatchObject({ ok: false, failure: { code: 'json-invalid' } });
  });

  it('has one reader: nobody else parses', () => {
    const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
    const parsers = files.map((file) => file.replaceAll('\\', '/')).filter((file) => readFileSync(join(src, file), 'utf8').includes('JSON.parse('));
    expect(parsers.sort()).toEqual(Object.keys(exceptions).sort());
  });
});
