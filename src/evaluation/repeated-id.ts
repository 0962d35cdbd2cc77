/** What to say of the first id that is used twice in a list of a label file; null where each is used once. */
export function repeatedId(list: string, entries: readonly { readonly id: number }[]): string | null {
  const seen = new Set<number>();
  for (const [index, entry] of entries.entries()) {
    if (seen.has(entry.id)) return `labels: ${list}.${index}.id: ${entry.id} is used twice`;
    seen.add(entry.id);
  }
  return null;
}
