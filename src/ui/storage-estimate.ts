/** What the app uses and may use of the disk, in bytes; null where the browser does not tell. */
export async function storageEstimate(): Promise<StorageEstimate | null> {
  const browser: Partial<Pick<Navigator, 'storage'>> = navigator;
  return (await browser.storage?.estimate()) ?? null;
}

/** Whether the browser has promised not to throw away what is kept; null where it does not tell. */
export async function isLasting(): Promise<boolean | null> {
  const browser: Partial<Pick<Navigator, 'storage'>> = navigator;
  return (await browser.storage?.persisted()) ?? null;
}
