/** With less the record of the door cannot be promised to be kept, so the door is not opened. */
export const leastFreeBytes = 8 * 1024 * 1024;
/** With less the owner is told. */
export const lowFreeBytes = 64 * 1024 * 1024;

/** @returns null where the browser does not tell */
export function freeBytes(estimate: { readonly quota?: number | undefined; readonly usage?: number | undefined }): number | null {
  const { quota, usage } = estimate;
  return quota === undefined || usage === undefined ? null : Math.max(0, quota - usage);
}

export function isStorageFull(free: number | null): boolean {
  return free !== null && free < leastFreeBytes;
}
