/** The part of Trusted Types that is used; the language's library does not list it yet. */
interface TrustedTypeFactory {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): { createScriptURL(url: string): string };
}

/**
 * Makes a script address acceptable to a page that demands Trusted Types, and only when it is one of our own origin.
 * Build it once, at the entry: a page allows each policy name once.
 *
 * @returns a function that throws TypeError for an address of another origin: that is a bug
 */
export function createScriptUrlPolicy(): (url: string) => string {
  const ownOnly = (url: string): string => {
    if (new URL(url, location.href).origin !== location.origin) throw new TypeError(`a script of another origin: ${url}`);
    return url;
  };
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypeFactory };
  if (!trustedTypes) return ownOnly;
  const policy = trustedTypes.createPolicy('lintel', { createScriptURL: ownOnly });
  return (url) => policy.createScriptURL(url);
}
