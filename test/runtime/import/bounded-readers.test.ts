import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { readJson } from '../../../src/runtime/import/bounded-json.ts';
import { parseYaml, readYaml } from '../../../src/runtime/import/bounded-yaml.ts';
import { unzip } from '../../../src/runtime/import/bounded-zip.ts';
import { crc32 } from '../../../src/runtime/import/crc32.ts';
import { ImportError } from '../../../src/runtime/import/import-failure.ts';
import { safePath } from '../../../src/runtime/import/safe-path.ts';

function codeOf(work: () => unknown): string {
  try {
    work();
  } catch (thrown) {
    if (thrown instanceof ImportError) return thrown.code;
    throw thrown;
  }
  return 'accepted';
}

const zip = (files: Readonly<Record<string, Uint8Array>>, level: 0 | 9 = 9): Uint8Array<ArrayBuffer> => new Uint8Array(zipSync({ ...files }, { level }));

/** The archive with some bytes of the first entry's line in the directory changed. */
function inDirectory(archive: Uint8Array<ArrayBuffer>, offset: number, value: number): Uint8Array<ArrayBuffer> {
  const copy = new Uint8Array(archive);
  const view = new DataView(copy.buffer);
  const directoryAt = view.getUint32(copy.length - 6, true);
  view.setUint32(directoryAt + offset, value, true);
  return copy;
}

describe('unzip', () => {
  it('gives back what was packed, stored or deflated', () => {
    const files = { 'a/model.json': strToU8('{}'), 'a/w.bin': new Uint8Array(300_000).map((_, i) => (i * 31) % 251) };
    for (const level of [0, 9] as const) {
      const unpacked = unzip(zip(files, level), 'x.zip');
      expect(unpacked.map(({ name }) => name)).toEqual(['a/model.json', 'a/w.bin']);
      expect(unpacked.map(({ bytes }) => crc32(bytes))).toEqual(Object.values(files).map(crc32));
    }
  });

  it('reads an archive that hangs behind another file, whose offsets count from the start of the file', () => {
    const archive = zip({ 'metadata.json': strToU8('{"a": 1}') }, 0);
    const [prefix, shifted] = [new Uint8Array(100).fill(7), new Uint8Array(archive)];
    const view = new DataView(shifted.buffer);
    const directoryAt = view.getUint32(shifted.length - 6, true);
    view.setUint32(shifted.length - 6, directoryAt + 100, true);
    view.setUint32(directoryAt + 42, 100, true);
    expect(unzip(Uint8Array.from([...prefix, ...shifted]), 'x.tflite')[0]?.name).toBe('metadata.json');
  });

  it('leaves folders and what macOS adds out', () => {
    expect(unzip(zip({ 'a/': new Uint8Array(0), '__MACOSX/a/._b': strToU8('x'), 'a/.DS_Store': strToU8('x'), 'a/b': strToU8('y') }), 'x').map(({ name }) => name)).toEqual(['a/b']);
  });

  it.each([
    ['a name that leads out', zip({ '../evil': strToU8('x') }), 'path-unsafe'],
    ['an absolute name', zip({ '/etc/passwd': strToU8('x') }), 'path-unsafe'],
    ['a name that means something', zip({ ['a/__proto__/b']: strToU8('x') }), 'path-unsafe'],
    ['another checksum', inDirectory(zip({ a: strToU8('hello') }), 16, 1), 'archive-invalid'],
    ['a size below the truth', inDirectory(zip({ a: new Uint8Array(5000) }), 24, 10), 'archive-invalid'],
    ['a size above the truth', inDirectory(zip({ a: new Uint8Array(5000) }), 24, 5001), 'archive-invalid'],
    ['a size beyond the limit', inDirectory(zip({ a: new Uint8Array(5000) }), 24, 0xfffffff0), 'too-large'],
    ['a header beyond the end', inDirectory(zip({ a: strToU8('hello') }), 42, 0xfffffff0), 'archive-invalid'],
    ['a bomb', zip({ a: new Uint8Array(30_000_000) }), 'too-large'],
    ['a thousand and one entries', zip(Object.fromEntries(Array.from({ length: 1001 }, (_, i) => [`f${i}`, new Uint8Array(0)]))), 'too-large'],
    ['no end record', zip({ a: strToU8('hello') }).slice(0, -5), 'archive-invalid'],
  ])('refuses %s', (_, archive, code) => {
    expect(codeOf(() => unzip(archive, 'x.zip'))).toBe(code);
  });

  it('stops an entry that grows beyond its stated size at once', () => {
    const archive = zip({ a: new Uint8Array(20_000_000) });
    const startMs = performance.now();
    expect(codeOf(() => unzip(inDirectory(archive, 24, 1000), 'x.zip'))).toBe('archive-invalid');
    expect(performance.now() - startMs).toBeLessThan(500);
  });
});

describe('readJson', () => {
  const bytes = (text: string): Uint8Array => strToU8(text);

  it('reads what is plain', () => {
    expect(readJson(bytes('{"a": [1, "}{"]}'), 'x')).toEqual({ a: [1, '}{'] });
  });

  it.each([
    ['a key __proto__', '{"a": {"__proto__": {"x": 1}}}', 'json-invalid'],
    ['the same key in escapes', '{"\\u005f_proto__": 1}', 'json-invalid'],
    ['a deep nest', '['.repeat(100_000), 'json-invalid'],
    ['no JSON', '{', 'json-invalid'],
  ])('refuses %s', (_, text, code) => {
    expect(codeOf(() => readJson(bytes(text), 'x'))).toBe(code);
  });

  it('refuses what is no text, and too much', () => {
    expect(codeOf(() => readJson(Uint8Array.from([0xff, 0xfe, 0x00]), 'x'))).toBe('json-invalid');
    expect(codeOf(() => readJson(new Uint8Array(17 * 1024 * 1024), 'x'))).toBe('too-large');
  });
});

describe('readYaml', () => {
  it('reads the metadata of an export, and a Python literal', () => {
    expect(readYaml(strToU8('stride: 32\nnames:\n  0: person\n  1: "no: way"\nimgsz: [640, 480]\n'), 'x')).toEqual(
      new Map<string, unknown>([
        ['stride', 32],
        ['names', new Map([[0, 'person'], [1, 'no: way']])],
        ['imgsz', [640, 480]],
      ]),
    );
    expect(parseYaml("{0: 'person', 1: 'hair drier'}", 'x')).toEqual(new Map([[0, 'person'], [1, 'hair drier']]));
  });

  it.each([
    ['aliases that multiply', 'a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]', 'yaml-invalid'],
    ['a deep nest of brackets', '['.repeat(20_000), 'yaml-invalid'],
    ['a deep nest of lines', Array.from({ length: 400 }, (_, i) => `${' '.repeat(i)}a:`).join('\n'), 'yaml-invalid'],
    ['a nest behind a quote that is none', `it"s: ${'['.repeat(501)}`, 'yaml-invalid'],
    ['a deep nest of dashes', '- '.repeat(20_000), 'yaml-invalid'],
    ['two documents', 'a: 1\n---\nb: 2', 'yaml-invalid'],
    ['a broken line', 'a: [1', 'yaml-invalid'],
  ])('refuses %s', (_, text, code) => {
    expect(codeOf(() => parseYaml(text, 'x'))).toBe(code);
  });

  it('takes no time for the deepest nest that it lets in', () => {
    const startMs = performance.now();
    codeOf(() => parseYaml(`a: ${'['.repeat(500)}`, 'x'));
    codeOf(() => parseYaml('a: 1\n'.repeat(40_000), 'x'));
    expect(performance.now() - startMs).toBeLessThan(4000);
  });

  it('changes no prototype', () => {
    parseYaml('__proto__:\n  polluted: true', 'x');
    expect('polluted' in {}).toBe(false);
  });
});

describe('safePath', () => {
  it.each([['model.json'], ['a/b/c.bin'], ['Modell für Größe.onnx'], ['模型.onnx']])('takes %s', (name) => {
    expect(safePath(name)).toBe(name);
  });

  it('reads backslashes as separators', () => {
    expect(safePath('a\\b.bin')).toBe('a/b.bin');
  });

  it.each([[''], ['..'], ['a/../b'], ['/a'], ['\\\\server\\a'], ['c:/a'], ['a//b'], ['a/./b'], ['a\0b'], ['a\nb'], ['x'.repeat(256)], ['constructor'], ['a/__proto__']])('refuses %j', (name) => {
    expect(codeOf(() => safePath(name))).toBe('path-unsafe');
  });
});

it('computes the checksum of the standard example', () => {
  expect(crc32(strToU8('123456789')).toString(16)).toBe('cbf43926');
});
