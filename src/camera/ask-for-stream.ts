import type { Result } from '../base/index.ts';
import { err, ok, withDeadline } from '../base/index.ts';
import type { CameraFailure } from './errors.ts';
import { cameraFailureOf, isOfDevice } from './errors.ts';
import type { AskLimit } from './limit-asking.ts';
import { limitAsking } from './limit-asking.ts';
import { answerLimitMs, replyLimitMs } from './limits.ts';
import { queryCameraPermission } from './permission.ts';
import type { CameraPlatform, MediaPort } from './platform.ts';

/** A stream with the one video track that it was asked for. */
export interface OpenedStream {
  readonly stream: MediaStream;
  readonly track: MediaStreamTrack;
}

/** With the person at the browser's question: `endless` until they answer or give up, `limited` where nobody may be there. */
export type Patience = 'endless' | 'limited';

/**
 * Asks with each step until one is met. Stops at once when asking again cannot help (a refusal, an abort of any signal,
 * a device that does not start though nobody has to be asked, the end of patience). A stream that arrives after that is stopped, so the camera's light never stays on for nobody.
 *
 * @returns the first stream; else the failure of the last step that was tried
 */
export async function askForStream(
  steps: readonly MediaTrackConstraints[],
  platform: CameraPlatform,
  signals: readonly AbortSignal[] = [],
  patience: Patience = 'endless',
): Promise<Result<OpenedStream, CameraFailure>> {
  const media = platform.media;
  if (!media) {
    return platform.isSecure ? err('unsupported', 'navigator.mediaDevices is missing') : err('insecure', 'the page is not a secure context');
  }
  const limit = limitAsking(platform, patience === 'limited' ? answerLimitMs : Infinity);
  try {
    return await askInSteps(media, steps, platform, { signals, limit });
  } finally {
    limit.end();
  }
}

interface Ends {
  readonly signals: readonly AbortSignal[];
  readonly limit: AskLimit;
}

async function askInSteps(media: MediaPort, steps: readonly MediaTrackConstraints[], platform: CameraPlatform, ends: Ends): Promise<Result<OpenedStream, CameraFailure>> {
  let last: CameraFailure = { code: 'overconstrained', detail: 'no constraints to ask with' };
  for (const video of steps) {
    // A question to the person must not follow a call that was already given up.
    const given = givenUp(ends, 'given up before the camera was asked for');
    if (given) return { ok: false, failure: given };
    const asked = await askOnce(media.getUserMedia({ video, audio: false }), platform, ends);
    if (asked.ok) return asked;
    last = asked.failure;
    if (!isOfDevice(last.code)) break;
  }
  return { ok: false, failure: last };
}

async function askOnce(asking: Promise<MediaStream>, platform: CameraPlatform, ends: Ends): Promise<Result<OpenedStream, CameraFailure>> {
  const aborted = anyAbort([...ends.signals, ends.limit.signal]);
  try {
    const stream = await Promise.race([asking, aborted.promise]);
    const given = givenUp(ends, 'given up while the camera was being opened');
    if (stream === null || given) {
      asking.then(stopAll, () => undefined);
      return { ok: false, failure: given ?? { code: 'aborted', detail: 'given up' } };
    }
    const track = stream.getVideoTracks()[0];
    if (track) return ok({ stream, track });
    stopAll(stream);
    return err('none', 'the stream has no video track');
  } catch (thrown) {
    const permission = await withDeadline(queryCameraPermission(platform), replyLimitMs, 'the permission');
    return { ok: false, failure: cameraFailureOf(thrown, permission.ok ? permission.value : 'unknown') };
  } finally {
    aborted.forget();
  }
}

function givenUp({ signals, limit }: Ends, detail: string): CameraFailure | null {
  if (signals.some((signal) => signal.aborted)) return { code: 'aborted', detail };
  return limit.signal.aborted ? limit.failure() : null;
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
