import { withDeadline } from '../base/index.ts';
import type { CameraFailure } from './errors.ts';
import { replyLimitMs, startLimitMs } from './limits.ts';
import { queryCameraPermission } from './permission.ts';
import type { CameraPlatform } from './platform.ts';

export interface AskLimit {
  /** Aborted when the camera has been asked for long enough. */
  readonly signal: AbortSignal;
  /** What that means; to be read after the abort. */
  readonly failure: () => CameraFailure;
  /** Ends the watch. */
  readonly end: () => void;
}

/**
 * An end for asking a camera. While the permission is not given a question may be on the screen, and the person gets
 * `answerMs` to answer it. Once it has been given for a whole `startLimitMs`, nobody but the device is waited for.
 */
export function limitAsking(platform: CameraPlatform, answerMs: number): AskLimit {
  const over = new AbortController();
  let failure: CameraFailure = { code: 'busy', detail: `the camera did not start within ${startLimitMs} ms` };
  let timer: ReturnType<typeof setTimeout> | undefined;
  let ended = false;
  const check = async (grantedBefore: boolean, waitedMs: number): Promise<void> => {
    const granted = await isGranted(platform);
    if (ended) return;
    if (granted && grantedBefore) over.abort();
    else if (waitedMs >= answerMs) {
      failure = { code: 'dismissed', detail: `the question was not answered within ${answerMs} ms` };
      over.abort();
    } else timer = setTimeout(() => void check(granted, waitedMs + startLimitMs), startLimitMs);
  };
  void check(false, 0);
  return {
    signal: over.signal,
    failure: () => failure,
    end() {
      ended = true;
      clearTimeout(timer);
    },
  };
}

async function isGranted(platform: CameraPlatform): Promise<boolean> {
  const permission = await withDeadline(queryCameraPermission(platform), replyLimitMs, 'the permission');
  return permission.ok && permission.value === 'granted';
}
