import { msg, str } from '@lit/localize';
import { dayMs } from '../../store/index.ts';
import { formatInteger } from '../i18n/format.ts';
import { currentLocale } from '../i18n/localization.ts';

/** Within so many days before its date a retention is due soon. */
const soonDays = 30;

/** 25 November 2026, in the order and the words of the language. */
export function longDate(epochMs: number): string {
  return new Intl.DateTimeFormat(currentLocale(), { dateStyle: 'long' }).format(epochMs);
}

/** A day and the time of day. */
export function dateAndTime(epochMs: number): string {
  return new Intl.DateTimeFormat(currentLocale(), { dateStyle: 'medium', timeStyle: 'short' }).format(epochMs);
}

/** The day as a name of a file has it: 2026-11-25, by the clock of this place. */
export function fileDate(epochMs: number): string {
  const date = new Date(epochMs);
  return [date.getFullYear(), date.getMonth() + 1, date.getDate()].map((part) => String(part).padStart(2, '0')).join('-');
}

/** The last moment of a day by the clock of this place; null for what is no day. @param day 2026-11-25 */
export function endOfDayMs(day: string): number | null {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day);
  if (!parts) return null;
  const [year, month, date] = parts.slice(1).map(Number) as [number, number, number];
  const nextDayMs = new Date(year, month - 1, date + 1).getTime();
  return Number.isNaN(nextDayMs) ? null : nextDayMs - 1;
}

/** How near the end of a retention is. */
export function retentionState(retainUntilMs: number, nowMs: number): 'over' | 'soon' | 'far' {
  if (retainUntilMs <= nowMs) return 'over';
  return retainUntilMs - nowMs <= soonDays * dayMs ? 'soon' : 'far';
}

/** Until when, and in how many days where that is soon. */
export function retentionText(retainUntilMs: number, nowMs: number): string {
  const until = longDate(retainUntilMs);
  switch (retentionState(retainUntilMs, nowMs)) {
    case 'over':
      return msg(str`Was to be kept until ${until}: not recognised any more, about to be erased`);
    case 'soon': {
      const days = Math.ceil((retainUntilMs - nowMs) / dayMs);
      return days === 1 ? msg('Is erased within a day') : msg(str`Is erased in ${formatInteger(days)} days, on ${until}`);
    }
    case 'far':
      return msg(str`Kept until ${until}`);
  }
}
