import type { Failure } from '../base/index.ts';
import { messageOf } from '../base/index.ts';
import type { CameraPermission } from './permission.ts';

/**
 * Why there is no camera:
 * - `denied`: the person, a policy or the system said no, and the browser will not ask again by itself;
 * - `dismissed`: the question was closed without an answer, so it may be asked again;
 * - `busy`: the device is there but cannot be started, mostly because another program holds it;
 * - `none`: no camera is attached;
 * - `insecure`: the page is not served over https or from localhost, so the browser hides its cameras;
 * - `overconstrained`: there are cameras, but none that fits even the loosest wish;
 * - `unsupported`: this browser has no camera interface, or failed in a way it does not explain;
 * - `aborted`: the caller gave up.
 */
export type CameraFailureCode = 'denied' | 'dismissed' | 'busy' | 'none' | 'insecure' | 'overconstrained' | 'unsupported' | 'aborted';

export type CameraFailure = Failure<CameraFailureCode>;

const codeByName: Readonly<Record<string, CameraFailureCode>> = {
  SecurityError: 'denied',
  NotFoundError: 'none',
  DevicesNotFoundError: 'none',
  NotReadableError: 'busy',
  TrackStartError: 'busy',
  // The hardware gave up while starting; an abort by the caller never comes this way.
  AbortError: 'busy',
  OverconstrainedError: 'overconstrained',
  ConstraintNotSatisfiedError: 'overconstrained',
};

/**
 * The failure behind a rejected `getUserMedia`.
 * Ref: W3C Media Capture and Streams, section 10.2 (error names).
 *
 * @param permission the state right after the rejection: it tells a refusal from a question that was waved away
 */
export function cameraFailureOf(thrown: unknown, permission: CameraPermission): CameraFailure {
  const detail = detailOf(thrown);
  const name = nameOf(thrown);
  if (name === 'NotAllowedError' || name === 'PermissionDeniedError') {
    const waved = /dismissed/i.test(detail) || permission === 'prompt';
    return { code: waved ? 'dismissed' : 'denied', detail };
  }
  return { code: codeByName[name] ?? 'unsupported', detail };
}

/**
 * A failure of the device, not of the permission: other constraints may reach another camera or a mode that the
 * driver can start, and a later try may find the camera free or plugged in.
 */
export function isOfDevice(code: CameraFailureCode): boolean {
  return code === 'overconstrained' || code === 'busy' || code === 'none';
}

interface ErrorParts {
  readonly name?: unknown;
  readonly message?: unknown;
  readonly constraint?: unknown;
}

/** OverconstrainedError is no Error in every engine, so the parts are read by hand. */
function partsOf(thrown: unknown): ErrorParts {
  return typeof thrown === 'object' && thrown !== null ? thrown : {};
}

function nameOf(thrown: unknown): string {
  const { name } = partsOf(thrown);
  return typeof name === 'string' ? name : '';
}

function detailOf(thrown: unknown): string {
  const { message, constraint } = partsOf(thrown);
  const name = nameOf(thrown);
  const text = name !== '' && typeof message === 'string' ? `${name}: ${message}` : messageOf(thrown);
  return typeof constraint === 'string' && constraint !== '' ? `${text} (constraint ${constraint})` : text;
}
