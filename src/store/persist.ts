/** Asks the browser not to evict what this origin keeps. @returns what it answers */
export async function askToPersist(): Promise<boolean> {
  return isSecureContext && (await navigator.storage.persist());
}

/** Asks, and goes on whatever comes of it: what is kept may be evicted, and is kept all the same. */
export async function persisted(persist: () => Promise<unknown>): Promise<void> {
  try {
    await persist();
  } catch {
    // A browser without this question, or with its storage in trouble, throws. Storing will show which.
  }
}
