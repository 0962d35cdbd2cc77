import { describe, expect, it } from 'vitest';
import type { SerialLine, SerialRelay } from '../../src/doorlink/index.ts';
import { lcusRelay, openSerialRelay } from '../../src/doorlink/index.ts';

/** A line whose far end writes down what it hears, and can break. */
function madeLine() {
  const heard: string[] = [];
  const state = { breaks: null as 'throws' | 'hangs' | null, isOpen: false };
  let writable: WritableStream<Uint8Array<ArrayBuffer>> | null = null;
  const line: SerialLine = {
    get writable() {
      return writable;
    },
    open: ({ baudRate }) => {
      if (baudRate !== 9600 || state.isOpen) return Promise.reject(new Error('in use'));
      state.isOpen = true;
      writable = new WritableStream({
        write: (bytes) => {
          if (state.breaks === 'throws') throw new Error('unplugged');
          if (state.breaks === 'hangs') return new Promise<void>(() => undefined);
          heard.push(Buffer.from(bytes).toString('hex'));
          return undefined;
        },
      });
      return Promise.resolve();
    },
    close: () => {
      state.isOpen = false;
      return Promise.resolve();
    },
  };
  return { line, heard, state };
}

const [on, off] = ['a00101a2', 'a00100a1'];

async function opened(line: SerialLine, faults: string[] = [], pulseMs = 30): Promise<SerialRelay> {
  const relay = await openSerialRelay(line, { protocol: lcusRelay, pulseMs, onFault: (detail) => faults.push(detail) });
  if (!relay.ok) throw new Error(relay.failure.detail);
  return relay.value;
}

describe('a relay on a serial line', () => {
  it('is off at first, goes on once for a decision, and off again', async () => {
    const { line, heard, state } = madeLine();
    const relay = await opened(line, [], 500);
    expect(heard).toEqual([off]);
    expect(await relay.pulse('d1')).toEqual({ outcome: 'opened', confirmedBy: 'line' });
    expect(await relay.pulse('d2')).toEqual({ outcome: 'refused', code: 'busy' });
    expect(await relay.pulse('d1')).toEqual({ outcome: 'refused', code: 'decision-used' });
    await expect.poll(() => heard, { timeout: 10_000 }).toEqual([off, on, off]);
    expect(await relay.pulse('d3', AbortSignal.abort())).toEqual({ outcome: 'refused', code: 'expired' });
    expect(await relay.pulse('d2')).toMatchObject({ outcome: 'opened' });
    await relay.close();
    expect([heard.at(-1), state.isOpen]).toEqual([off, false]);
    expect(await relay.pulse('d4')).toEqual({ outcome: 'refused', code: 'output-offline' });
  });

  it.each([
    ['throws', 'output-lost'],
    ['hangs', 'output-timeout'],
  ] as const)('does not say opened when the line %s, and gives the line up', async (breaks, code) => {
    const { line, heard, state } = madeLine();
    const faults: string[] = [];
    const relay = await opened(line, faults);
    state.breaks = breaks;
    expect(await relay.pulse('d1')).toEqual({ outcome: 'unknown', code });
    state.breaks = null;
    expect(await relay.pulse('d2')).toEqual({ outcome: 'refused', code: 'output-offline' });
    expect(faults).toHaveLength(1);
    expect(heard).toEqual([off]);
    await relay.close();
    expect(state.isOpen).toBe(false);
  });

  it('tells when it cannot be switched off', async () => {
    const { line, state } = madeLine();
    const faults: string[] = [];
    const relay = await opened(line, faults);
    expect(await relay.pulse('d1')).toMatchObject({ outcome: 'opened' });
    state.breaks = 'throws';
    await expect.poll(() => faults, { timeout: 10_000 }).toHaveLength(1);
    expect(await relay.pulse('d2')).toEqual({ outcome: 'refused', code: 'output-offline' });
  });

  it('is not there without its line', async () => {
    const { line, state } = madeLine();
    state.isOpen = true;
    expect(await openSerialRelay(line, { protocol: lcusRelay, pulseMs: 30, onFault: () => undefined })).toMatchObject({ failure: { code: 'line-unavailable' } });
    for (const breaks of ['throws', 'hangs'] as const) {
      Object.assign(state, { isOpen: false, breaks });
      expect(await openSerialRelay(line, { protocol: lcusRelay, pulseMs: 30, onFault: () => undefined })).toMatchObject({ failure: { code: 'line-unavailable' } });
      expect(state.isOpen).toBe(false);
    }
  });
});
