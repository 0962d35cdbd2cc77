import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { factsOf, snapZoom } from '../../src/camera/track-facts.ts';

const track = (settings: object, capabilities?: object) => ({
  label: 'a lens',
  getSettings: () => settings,
  ...(capabilities ? { getCapabilities: () => capabilities as MediaTrackCapabilities } : {}),
});

describe('factsOf', () => {
  it('reads a phone', () => {
    const settings = { deviceId: 'x', facingMode: 'environment', width: 1280, height: 720, frameRate: 30, zoom: 2, torch: true };
    expect(factsOf(track(settings, { torch: true, zoom: { min: 1, max: 8, step: 0.5 } }))).toEqual({
      lensId: 'x',
      label: 'a lens',
      facing: 'environment',
      size: { width: 1280, height: 720 },
      frameRate: 30,
      mirrored: false,
      torchOn: true,
      controls: { torch: true, zoom: { min: 1, max: 8, step: 0.5, value: 2 } },
    });
  });

  it('mirrors a lens that faces its user, as settings or a single capability say', () => {
    expect(factsOf(track({ facingMode: 'user' })).mirrored).toBe(true);
    expect(factsOf(track({}, { facingMode: ['user'] })).mirrored).toBe(true);
    expect(factsOf(track({}, { facingMode: ['user', 'environment'] })).facing).toBeNull();
  });

  it('takes what it does not understand as absent', () => {
    const facts = factsOf(track({ facingMode: 'left', width: 0, height: 5 }, { torch: 'yes', zoom: { min: 2, max: 2, step: 1 } }));
    expect(facts).toMatchObject({ lensId: null, facing: null, size: null, frameRate: null, controls: { torch: false, zoom: null } });
    expect(factsOf(track({}, { zoom: { min: NaN, max: 4 } })).controls.zoom).toBeNull();
    expect(factsOf(track({}, { torch: [false, true] })).controls.torch).toBe(true);
  });
});

describe('snapZoom', () => {
  const range = { min: 1, max: 8, step: 0.5, value: 1 };

  it('gives the worked example', () => {
    expect(snapZoom(range, 2.7)).toBe(2.5);
    expect(snapZoom(range, 99)).toBe(8);
  });

  it('stays in the range and on a step', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer({ min: 1, max: 40 }), (value, tenths) => {
        const step = tenths / 10;
        const snapped = snapZoom({ ...range, step }, value);
        expect(snapped).toBeGreaterThanOrEqual(1);
        expect(snapped).toBeLessThanOrEqual(8);
        const steps = (snapped - 1) / step;
        expect(snapped === 8 || Math.abs(steps - Math.round(steps)) < 1e-9).toBe(true);
      }),
    );
  });
});
