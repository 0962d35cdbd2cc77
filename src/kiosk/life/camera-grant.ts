/** What the browser says of the camera's permission. */
export type CameraPermissionState = 'granted' | 'denied' | 'prompt' | 'unknown';

/**
 * - `lasting`: it has outlived every grant that browsers give for one time.
 * - `may-expire`: too young to tell; it ends within `leftMs` if it was given for one time. The installer has to choose
 *   "Allow on every visit", or set a policy.
 * - `gone`: the browser would ask, or refuse. `unknown`: it does not tell.
 */
export type CameraGrant = { readonly kind: 'lasting' | 'gone' | 'unknown' } | { readonly kind: 'may-expire'; readonly leftMs: number };

/** Longest life of a grant for one time. Ref: Chromium, components/permissions, OneTimePermissionProvider */
export const oneTimeGrantMs = 24 * 60 * 60_000;

/**
 * What can be told of a grant by how long it holds.
 *
 * @param heldSinceMs when the permission was first seen as granted without a break since, by the device's date; null: not yet
 */
export function cameraGrant(state: CameraPermissionState, heldSinceMs: number | null, nowMs: number): CameraGrant {
  if (state === 'unknown') return { kind: 'unknown' };
  if (state !== 'granted') return { kind: 'gone' };
  // A date that was set back makes it young again: better a warning too much.
  const heldMs = heldSinceMs === null ? 0 : Math.max(0, nowMs - heldSinceMs);
  return heldMs > oneTimeGrantMs ? { kind: 'lasting' } : { kind: 'may-expire', leftMs: oneTimeGrantMs - heldMs };
}
