/** From a class of a model to a class of a labelled set; null for what the set does not know. */
export type ClassMap = (classId: number, label: string) => number | null;

/**
 * By name where the labelled set has names and the model shares at least one of them, by number otherwise. Case and blanks
 * at the ends do not count. Example: a set ['Cat', 'dog'] and a model ['dog', 'cat'] make class 0 of the model class 1.
 */
export function classMap(setNames: readonly string[], modelNames: readonly string[]): ClassMap {
  const plain = (name: string): string => name.trim().toLowerCase();
  const byName = new Map(setNames.map((name, classId) => [plain(name), classId]));
  if (!modelNames.some((name) => byName.has(plain(name)))) return (classId) => classId;
  return (_classId, label) => byName.get(plain(label)) ?? null;
}
