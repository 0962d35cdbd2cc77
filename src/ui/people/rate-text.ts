import { msg, str } from '@lit/localize';
import { formatInteger } from '../i18n/format.ts';

/** How many strangers look as much like somebody as a face does. */
export interface Strangers {
  /** Share of them, above 0 and up to 1: an upper bound. */
  readonly rate: number;
  /** The face is nearer than different people were ever measured to be: the share is lower, nobody knows by how much. */
  readonly isLimit: boolean;
}

/** Of how many others one passes, with two digits that count: 0.000098 is 10,000; 0.00031 is 3,200. */
export function oneOf(rate: number): number {
  if (!(rate > 0)) return Infinity;
  const many = 1 / Math.min(1, rate);
  const step = 10 ** Math.max(0, Math.floor(Math.log10(many)) - 1);
  return Math.max(1, Math.round(many / step) * step);
}

/** How many strangers come as near, as people say it. Never per cent: 99.99 % sounds like certainty about one person. */
export function strangersText({ rate, isLimit }: Strangers): string {
  const many = oneOf(rate);
  if (many <= 1) return msg('Any stranger may come as near as this.');
  if (isLimit) return msg(str`Fewer than 1 in ${formatInteger(many)} other people come as near as this. Nobody has measured further.`);
  return msg(str`About 1 in ${formatInteger(many)} other people come as near as this.`);
}
