import type { Result } from '../base/index.ts';
import { err, ok } from '../base/index.ts';
import type { CameraFailure } from './errors.ts';
import { cameraFailureOf, isOfDevice } from './errors.ts';
import { queryCameraPermission } from './permission.ts';
import type { CameraPlatform } from './platform.ts';

/** A stream with the one video track that it was asked for. */
export interface OpenedStream {
  readonly stream: MediaStream;
  readonly track: MediaStreamTrack;
}

/**
 * Asks with each step until one is met. Stops at once when asking again cannot help (a refusal, an abort of any signal).
 * A stream that arrives after the abort is stopped, so the camera's light never stays on for nobody.
 *
 * @returns the first stream; else the failure of the last step that was tried
 */
export async function askForStream(
  steps: readonly MediaTrackConstraints[],
  platform: CameraPlatform,
  signals: readonly AbortSignal[] = [],
): Promise<Result<OpenedStream, CameraFailure>> {
  const media = platform.media;
  if (!media) {
    return platform.isSecure ? err('unsupported', 'navigator.mediaDevices is missing') : err('insecure', 'the page is not a secure context');
  }
  let last: CameraFailure = { code: 'overconstrained', detail: 'no constraints to ask with' };
  for (const video of steps) {
    // A question to the person must not follow a call that was already given up.
    if (signals.some((signal) => signal.aborted)) return err('aborted', 'given up before the camera was asked for');
    const asked = await askOnce(media.getUserMedia({ video, audio: false }), platform, signals);
    if (asked.ok) return asked;
    last = asked.failure;
    if (!isOfDevice(last.code)) break;
  }
  return { ok: false, failure: last };
}

async function askOnce(
  asking: Promise<MediaStream>,
  platform: CameraPlatform,
  signals: readonly AbortSignal[],
): Promise<Result<OpenedStream, CameraFailure>> {
  const aborted = anyAbort(signals);
  try {
    const stream = await Promise.race([asking, aborted.promise]);
    if (stream === null || signals.some((signal) => signal.aborted)) {
      asking.then(stopAll, () => undefined);
      return err('aborted', 'given up while the camera was being opened');
    }
    const track = stream.getVideoTracks()[0];
    if (track) return ok({ stream, track });
    stopAll(stream);
    return err('none', 'the stream has no video track');
  } catch (thrown) {
    return { ok: false, failure: cameraFailureOf(thrown, await queryCameraPermission(platform)) };
  } finally {
    aborted.forget();
  }
}

/** Resolves to null at the first abort; `forget` takes the listeners off signals that outlive the call. */
function anyAbort(signals: readonly AbortSignal[]): { readonly promise: Promise<null>; readonly forget: () => void } {
  let onAbort: () => void = () => undefined;
  const promise = new Promise<null>((resolve) => {
    onAbort = () => resolve(null);
    if (signals.some((signal) => signal.aborted)) resolve(null);
    else for (const signal of signals) signal.addEventListener('abort', onAbort, { once: true });
  });
  return {
    promise,
    forget: () => {
      for (const signal of signals) signal.removeEventListener('abort', onAbort);
    },
  };
}

export function stopAll(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}
