import { msg } from '@lit/localize';
import { currentLocale } from '../i18n/localization.ts';
import { formatInteger } from '../i18n/format.ts';
import { objectName } from '../i18n/object-names.ts';
import type { ClassCount } from './count-classes.ts';

/** What is seen, as one sentence for ears and for a picture's text: "person 2, dog, face 2". */
export function describeCounts(counts: readonly ClassCount[]): string {
  if (counts.length === 0) return msg('Nothing recognised');
  const parts = counts.map(({ kind, label, count }) => {
    const name = kind === 'face' ? msg('face') : objectName(label);
    return count === 1 ? name : `${name} × ${formatInteger(count)}`;
  });
  return new Intl.ListFormat(currentLocale(), { type: 'conjunction', style: 'narrow' }).format(parts);
}
