import { describe, expect, it } from 'vitest';
import { applyToPoint } from '../../src/geometry/index.ts';
import type { ImportedCard } from '../../src/runtime/index.ts';
import { inputFit } from '../../src/runtime/index.ts';

const frame = { width: 640, height: 480 };
const corner = { x: 640, y: 480 };

function card(change: Partial<ImportedCard['input']>): ImportedCard['input'] {
  const sizes = { multiplePx: 32, minPx: 128, maxPx: 1024, defaultPx: 512 };
  return { layout: 'NHWC', colour: 'rgb', mean: [0, 0, 0], scale: 1, fit: { kind: 'stretch' }, ...sizes, ...change };
}

describe('inputFit', () => {
  it('keeps the shape of the frame where nothing else is asked', () => {
    expect(inputFit(card({ fit: { kind: 'aspect' } }), frame, 512).input).toEqual({ width: 512, height: 384 });
  });

  it('letterboxes into the middle or the corner of a fixed input', () => {
    const fixedPx = { width: 416, height: 416 };
    const centred = inputFit(card({ fixedPx, fit: { kind: 'letterbox', align: 'centre', pad: 114 } }), frame, 9999);
    expect(centred.input).toEqual(fixedPx);
    expect(applyToPoint(centred.frameToInput, { x: 0, y: 0 })).toEqual({ x: 0, y: 52 });
    expect(applyToPoint(centred.frameToInput, corner)).toEqual({ x: 416, y: 364 });
    const cornered = inputFit(card({ fixedPx, fit: { kind: 'letterbox', align: 'corner', pad: 114 } }), frame, 9999);
    expect(applyToPoint(cornered.frameToInput, { x: 0, y: 0 })).toEqual({ x: 0, y: 0 });
    expect(applyToPoint(cornered.frameToInput, corner)).toEqual({ x: 416, y: 312 });
  });

  it('stretches to a fixed input that is no square', () => {
    const stretched = inputFit(card({ fixedPx: { width: 320, height: 256 } }), frame, 512);
    expect(stretched.input).toEqual({ width: 320, height: 256 });
    expect(applyToPoint(stretched.frameToInput, corner)).toEqual({ x: 320, y: 256 });
  });

  it('makes a free input that is padded or stretched a square of an allowed size', () => {
    for (const fit of [{ kind: 'stretch' }, { kind: 'letterbox', align: 'centre', pad: 0 }] as const) {
      expect(inputFit(card({ fit }), frame, 500).input).toEqual({ width: 512, height: 512 });
      expect(inputFit(card({ fit }), frame, 5000).input).toEqual({ width: 1024, height: 1024 });
    }
  });
});
