import type { Failure } from '../base/index.ts';

/**
 * Why something was not read or kept.
 * - `unavailable`: the browser gives no database here (private mode, storage blocked, disk trouble).
 * - `too-new`: a newer version of the app wrote the data; it was not touched. Reloading brings the newer version.
 * - `blocked`: another tab holds the older database open.
 * - `quota`: the device has no room left.
 */
export type StoreFailure = Failure<'unavailable' | 'too-new' | 'blocked' | 'quota'>;
