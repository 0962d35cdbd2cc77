/**
 * Wait before a restart: 500, 1,000, 2,000 ms, then every 4,000 ms for as long as it takes. The wait grows no
 * further, so that a camera that is free again is back within 5 s.
 *
 * @param attempt 0 for the first restart
 */
export function backoffMs(attempt: number): number {
  return 500 * 2 ** Math.min(attempt, 3);
}
