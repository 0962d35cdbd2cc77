import { msg, str } from '@lit/localize';
import type { Holdings } from '../../store/index.ts';
import { formatInteger } from '../i18n/format.ts';

/** How much is kept of a person: "Templates: 3 · no photo". */
export function holdingsText({ templates, negatives, photos }: Holdings): string {
  return [
    msg(str`Templates: ${formatInteger(templates)}`),
    ...(negatives > 0 ? [msg(str`Examples of others: ${formatInteger(negatives)}`)] : []),
    photos > 0 ? msg(str`Photos: ${formatInteger(photos)}`) : msg('no photo'),
  ].join(' · ');
}
