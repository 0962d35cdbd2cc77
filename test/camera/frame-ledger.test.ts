import { describe, expect, it } from 'vitest';
import { FrameLedger } from '../../src/camera/index.ts';

function bitmap(): { readonly bitmap: ImageBitmap; closed: number } {
  const kept = { closed: 0, bitmap: { width: 4, height: 3, close: () => kept.closed++ } as unknown as ImageBitmap };
  return kept;
}

describe('FrameLedger', () => {
  it('numbers frames from 1 and takes their size from the bitmap', () => {
    const ledger = new FrameLedger();
    const frames = [ledger.record(0, bitmap().bitmap), ledger.record(40, bitmap().bitmap)];
    expect(frames.map((frame) => frame.info)).toEqual([
      { id: 1, tMs: 0, size: { width: 4, height: 3 } },
      { id: 2, tMs: 40, size: { width: 4, height: 3 } },
    ]);
    expect(ledger.openFrames).toBe(2);
  });

  it('closes once, however often it is told to', () => {
    const ledger = new FrameLedger();
    const kept = bitmap();
    const frame = ledger.record(0, kept.bitmap);
    frame.close();
    frame.close();
    expect([kept.closed, ledger.openFrames]).toEqual([1, 0]);
    expect(() => frame.take()).toThrow('already closed');
  });

  it('hands the bitmap over open, and then has nothing to close', () => {
    const ledger = new FrameLedger();
    const kept = bitmap();
    const frame = ledger.record(0, kept.bitmap);
    expect(frame.take()).toBe(kept.bitmap);
    frame.close();
    expect([kept.closed, ledger.openFrames]).toEqual([0, 0]);
    expect(() => frame.take()).toThrow();
  });
});
