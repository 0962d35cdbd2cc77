import { describe, expect, it } from 'vitest';
import type { CameraFacts } from '../../src/camera/index.ts';
import { interruptionOf, otherLens, showsMirrored } from '../../src/ui/live/camera-choices.ts';

function facts(facing: CameraFacts['facing'], lensId: string): CameraFacts {
  return { lensId, label: '', facing, size: null, frameRate: null, mirrored: facing === 'user', torchOn: false, controls: { torch: false, zoom: null } };
}

const lenses = ['a', 'b', 'c'].map((id) => ({ id, label: id, facing: null }));

describe('camera choices', () => {
  it('flip to the other side, or go on in the ring', () => {
    expect(otherLens(facts('user', 'a'), lenses)).toEqual({ facing: 'environment' });
    expect(otherLens(facts('environment', 'a'), lenses)).toEqual({ facing: 'user' });
    expect(otherLens(facts(null, 'c'), lenses)).toEqual({ lensId: 'a' });
    expect(otherLens(facts(null, 'a'), [])).toEqual({ lensId: null });
  });

  it('mirror every camera that may face the person, when wanted', () => {
    expect([facts('user', 'a'), facts(null, 'a'), facts('environment', 'a'), null].map((camera) => showsMirrored(camera, true))).toEqual([true, true, false, false]);
    expect(showsMirrored(facts('user', 'a'), false)).toBe(false);
  });

  it('say what interrupts', () => {
    expect(interruptionOf({ phase: 'interrupted', code: 'frozen' })?.code).toBe('frames-stopped');
    expect(interruptionOf({ phase: 'interrupted', code: 'ended' })?.code).toBe('camera-ended');
    expect(interruptionOf({ phase: 'interrupted', code: 'muted' })?.code).toBe('camera-muted');
    expect(interruptionOf({ phase: 'restarting', attempt: 2, failure: { code: 'busy', detail: '' } })?.code).toBe('busy');
    expect(interruptionOf({ phase: 'live' })).toBeNull();
  });
});
