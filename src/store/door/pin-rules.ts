/** Digits of a PIN. Six of them leave a guesser one in a million a try. */
export const pinDigits = { least: 6, most: 12 } as const;

/** Why a PIN is not taken: `too-simple` are those that everybody tries first, e.g. 000000, 123456, 121212. */
export type PinProblem = 'not-digits' | 'too-short' | 'too-long' | 'too-simple';

/** A PIN as it was meant, whatever the width of the digits that a keyboard writes. */
export function cleanPin(typed: string): string {
  return typed.normalize('NFKC').replace(/\s/g, '');
}

/** @param pin as `cleanPin` gives it */
export function problemOfPin(pin: string): PinProblem | null {
  if (!/^[0-9]*$/.test(pin)) return 'not-digits';
  if (pin.length < pinDigits.least) return 'too-short';
  if (pin.length > pinDigits.most) return 'too-long';
  return isSimple(pin) ? 'too-simple' : null;
}

/** One digit or two or three over and over, or every digit as far from the one before as the others are. */
function isSimple(pin: string): boolean {
  const digits = Array.from(pin, Number);
  const repeats = [1, 2, 3].some((period) => digits.every((digit, i) => digit === digits[i % period]));
  const steps = new Set(digits.slice(1).map((digit, i) => (digit - (digits[i] ?? 0) + 10) % 10));
  return repeats || steps.size === 1;
}
