/**
 * The decoded path of a request target, without its query: `/a%20b?x=1` gives `/a b`. Null for a target that cannot be
 * decoded, is no path, or has a segment (`.`, `..`, a backslash, a control character) that only an attempt to leave
 * the folder would have. Decoded once: `%252e` stays the text `%2e`.
 */
export function pathOf(target: string): string | null {
  const encoded = target.split(/[?#]/, 1)[0] ?? '';
  if (!encoded.startsWith('/')) return null;
  const path = decoded(encoded);
  if (path === null || /[\\\p{Cc}]/u.test(path)) return null;
  return path.split('/').some((segment) => segment === '.' || segment === '..') ? null : path;
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}
