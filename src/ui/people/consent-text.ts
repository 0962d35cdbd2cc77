import { msg, str } from '@lit/localize';
import type { Consent } from '../../store/index.ts';
import { currentLocale } from '../i18n/localization.ts';
import { longDate } from './date-texts.ts';

/** Raise it with every change of what the text says. */
export const consentVersion = '1';

/** What a person agrees to, in the app's language: what is taken, for what, where it lies, for how long, and the way out. */
export function consentParagraphs(retainUntilMs: number, withPhoto: boolean): readonly string[] {
  const until = longDate(retainUntilMs);
  return [
    msg('Lintel looks at your face with the camera and turns it into numbers. The numbers tell your face from other faces; no picture can be drawn from them.'),
    withPhoto
      ? msg('The numbers and one photo of your face are kept, with your name.')
      : msg('The numbers are kept, with your name. The pictures themselves are not: they are gone when you leave this page.'),
    msg('They serve one purpose: to recognise you on this device. They lie encrypted on this device only and are sent nowhere. Its owner can make an encrypted backup.'),
    msg(str`They are kept until ${until}, then they are erased by themselves.`),
    msg('You can take your consent back at any time and need not say why: then everything kept of you is erased at once. A receipt without your name stays.'),
  ];
}

/** The consent as the person gave it, with the text as it stood before them. */
export function consentGiven(paragraphs: readonly string[], givenAtMs: number): Consent {
  return { version: consentVersion, language: currentLocale(), agreed: paragraphs.join('\n\n'), givenAtMs };
}
