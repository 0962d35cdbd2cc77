import { describe, expect, it } from 'vitest';
import { nameShortage, shortageAmong } from '../../src/pipeline/name-shortage.ts';
import type { TaskFault } from '../../src/pipeline/protocol.ts';

describe('a shortage', () => {
  const fault = (detail: string): TaskFault => ({ task: 'objects', failure: { code: 'model-threw', detail } });

  it('is known by what browsers and the wasm backend say', () => {
    for (const detail of [
      'RangeError: Array buffer allocation failed',
      'RangeError: WebAssembly.Memory(): could not allocate memory',
      'RangeError: WebAssembly.Memory.grow(): Unable to grow instance memory',
      'RangeError: Out of memory',
      'InternalError: allocation size overflow',
      'RangeError: out of memory: the wasm heap cannot grow by 4096 bytes',
    ]) {
      expect(nameShortage({ ok: false, failure: { code: 'model-mismatch', detail } })).toMatchObject({ ok: false, failure: { code: 'out-of-memory' } });
      expect(shortageAmong([fault('TypeError: x is undefined'), fault(detail)])?.code).toBe('out-of-memory');
    }
  });

  it('is nothing else', () => {
    const failed = { ok: false, failure: { code: 'timeout', detail: 'frame 7: no answer in 3000 ms' } } as const;
    expect(nameShortage(failed)).toBe(failed);
    expect(nameShortage({ ok: true, value: 1 })).toEqual({ ok: true, value: 1 });
    expect(shortageAmong([fault('RangeError: Invalid array length')])).toBeNull();
  });
});
