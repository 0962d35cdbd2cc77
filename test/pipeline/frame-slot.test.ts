import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FrameLedger } from '../../src/camera/index.ts';
import { FrameSlot } from '../../src/pipeline/frame-slot.ts';

/** Pixels that only know whether they were freed: Node has no bitmaps. */
function bitmaps(): { make: () => ImageBitmap; readonly closed: number } {
  let closed = 0;
  return {
    make: () => ({ width: 4, height: 3, close: () => closed++ }),
    get closed() {
      return closed;
    },
  };
}

describe('FrameSlot', () => {
  it('keeps the newest: the one that it replaces is closed and counted', () => {
    const ledger = new FrameLedger();
    const pixels = bitmaps();
    const slot = new FrameSlot();
    const [first, second] = [ledger.record(0, pixels.make()), ledger.record(33, pixels.make())];
    expect(slot.put(first)).toBe(false);
    expect(slot.put(second)).toBe(true);
    expect([slot.dropped, pixels.closed, ledger.openFrames]).toEqual([1, 1, 1]);
    expect(slot.take()).toBe(second);
    expect(slot.take()).toBeNull();
    expect(ledger.openFrames, 'a taken frame is still open').toBe(1);
  });

  it('closes what waits when it is cleared, without counting it as dropped', () => {
    const ledger = new FrameLedger();
    const slot = new FrameSlot();
    slot.put(ledger.record(0, bitmaps().make()));
    slot.clear();
    slot.clear();
    expect([slot.dropped, ledger.openFrames]).toEqual([0, 0]);
  });

  it('accounts for every frame: taken, dropped or cleared', () => {
    const acts = fc.array(fc.constantFrom('put', 'take', 'clear'), { maxLength: 60 });
    fc.assert(
      fc.property(acts, (list) => {
        const ledger = new FrameLedger();
        const pixels = bitmaps();
        const slot = new FrameSlot();
        let [put, taken, cleared, waiting] = [0, 0, 0, 0];
        for (const act of list) {
          if (act === 'put') {
            slot.put(ledger.record(put, pixels.make()));
            put++;
            waiting = 1;
          } else if (act === 'take') {
            const frame = slot.take();
            expect(frame?.info.id ?? null, 'the newest, or none').toBe(waiting ? put : null);
            frame?.take();
            taken += waiting;
            waiting = 0;
          } else {
            slot.clear();
            cleared += waiting;
            waiting = 0;
          }
        }
        expect(put).toBe(taken + cleared + slot.dropped + waiting);
        expect(pixels.closed).toBe(slot.dropped + cleared);
        slot.reset();
        expect([slot.dropped, ledger.openFrames]).toEqual([0, 0]);
      }),
    );
  });
});
