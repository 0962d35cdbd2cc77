import type { CameraFacts, KeptCameraState, Lens, LensWish } from '../../camera/index.ts';
import type { LiveFailure } from './live-state.ts';

/** The lens that looks the other way; where the camera does not say how it looks, the next in the list, in a ring. */
export function otherLens(camera: CameraFacts, lenses: readonly Lens[]): LensWish {
  if (camera.facing) return { facing: camera.facing === 'user' ? 'environment' : 'user' };
  const at = lenses.findIndex((lens) => lens.id === camera.lensId);
  return { lensId: lenses[(at + 1) % Math.max(1, lenses.length)]?.id ?? null };
}

/** A laptop's camera does not say how it looks; people expect a mirror there, as of every camera that may face them. */
export function showsMirrored(camera: CameraFacts | null, mirrorFront: boolean): boolean {
  return camera !== null && camera.facing !== 'environment' && mirrorFront;
}

/** What to say while the camera is being brought back; null when it needs no words. */
export function interruptionOf(state: KeptCameraState): LiveFailure | null {
  if (state.phase === 'restarting') return state.failure ?? { code: 'camera-ended', detail: `attempt ${state.attempt} to start again` };
  if (state.phase !== 'interrupted') return null;
  switch (state.code) {
    case 'frozen':
      return { code: 'frames-stopped', detail: 'no picture for the limit' };
    case 'muted':
      return { code: 'camera-muted', detail: 'the track is muted' };
    case 'ended':
      return { code: 'camera-ended', detail: 'the track is ended' };
  }
}
