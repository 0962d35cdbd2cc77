import { msg } from '@lit/localize';
import type { PassphraseStrength } from '../passphrase-strength.ts';

/** How strong a passphrase looks, and what to do about it. */
export function strengthText(strength: PassphraseStrength): string {
  switch (strength) {
    case 'short':
      return msg('Too short: at least 12 characters');
    case 'weak':
      return msg('Easy to guess: add a word or two');
    case 'fair':
      return msg('Fair: another word makes it strong');
    case 'strong':
      return msg('Strong');
  }
}

/** Of four parts of a bar, those that are filled. */
export const strengthSteps: Readonly<Record<PassphraseStrength, number>> = { short: 1, weak: 2, fair: 3, strong: 4 };
