import type { Result } from '../base/index.ts';
import { ok } from '../base/index.ts';
import { askForStream } from './ask-for-stream.ts';
import { CameraSession } from './camera-session.ts';
import type { LensWish } from './constraints.ts';
import { constraintSteps } from './constraints.ts';
import type { CameraFailure } from './errors.ts';
import type { CameraPlatform } from './platform.ts';
import { browserPlatform } from './platform.ts';

export interface CameraRequest extends LensWish {
  /** Gives up; a stream that still arrives is stopped. */
  readonly signal?: AbortSignal;
}

/**
 * Opens one camera, the best that fits the wish. The browser may ask the person, so call it only after a tap on a
 * screen that says why.
 */
export async function openCamera(
  request: CameraRequest,
  platform: CameraPlatform = browserPlatform(),
): Promise<Result<CameraSession, CameraFailure>> {
  const { signal, ...wish } = request;
  const asked = await askForStream(constraintSteps(wish), platform, signal ? [signal] : []);
  return asked.ok ? ok(new CameraSession(asked.value, wish, platform)) : asked;
}
