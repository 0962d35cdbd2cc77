import { minPassphraseChars } from '../../store/index.ts';

/** How hard a passphrase is to guess, as far as its looks tell. */
export type PassphraseStrength = 'short' | 'weak' | 'fair' | 'strong';

/** Bits from which guessing gets costly even for those who own many machines, at the cost that backups are made with. */
const fairBits = 50;
const strongBits = 75;
/** Kinds of characters, and how many there are of a kind. */
const kinds: readonly { readonly is: RegExp; readonly size: number }[] = [
  { is: /[a-z]/, size: 26 },
  { is: /[A-Z]/, size: 26 },
  { is: /[0-9]/, size: 10 },
  { is: /[ -/:-@[-`{-~]/, size: 33 },
  { is: /[^\x20-\x7e]/, size: 1000 },
];

/**
 * A hint, not a proof: characters that repeat or follow one another (`aaaa`, `1234`) count for little, so a long row of
 * them is still weak. A sentence that a book has looks strong and is not.
 */
export function passphraseStrength(passphrase: string): PassphraseStrength {
  const chars = Array.from(passphrase.normalize('NFKC'));
  if (chars.length < minPassphraseChars) return 'short';
  const pool = kinds.filter(({ is }) => is.test(passphrase)).reduce((sum, { size }) => sum + size, 0);
  const fresh = chars.filter((char, i) => isFresh(char, chars[i - 1])).length;
  const told = Math.min(fresh, new Set(chars).size * 2);
  const bits = told * Math.log2(Math.max(2, pool));
  if (bits < fairBits) return 'weak';
  return bits < strongBits ? 'fair' : 'strong';
}

/** Neither the same as the character before it nor its neighbour. */
function isFresh(char: string, before: string | undefined): boolean {
  return before === undefined || Math.abs((char.codePointAt(0) ?? 0) - (before.codePointAt(0) ?? 0)) > 1;
}
