import { msg, str } from '@lit/localize';
import { formatInteger } from '../i18n/format.ts';

/** Of how many others one passes, with two digits that count: 0.000098 is 10,000; 0.00031 is 3,200. */
export function oneOf(rate: number): number {
  if (!(rate > 0)) return Infinity;
  const many = 1 / Math.min(1, rate);
  const step = 10 ** Math.max(0, Math.floor(Math.log10(many)) - 1);
  return Math.max(1, Math.round(many / step) * step);
}

/** More strangers than there are people on earth tell nothing: nobody has measured that far. */
const most = 1_000_000_000;

/** How many strangers pass, as people say it. Never per cent: 99.99 % sounds like certainty about one person. */
export function strangersText(rate: number): string {
  const many = oneOf(rate);
  if (many <= 1) return msg('any stranger');
  if (many > most) return msg(str`fewer than 1 in ${formatInteger(most)} other people`);
  return msg(str`about 1 in ${formatInteger(many)} other people`);
}
