import { msg, str } from '@lit/localize';
import type { BackupView, Restored, RestorePerson } from '../../../store/index.ts';
import { formatInteger } from '../../i18n/format.ts';
import { dateAndTime, longDate } from '../date-texts.ts';

/** What restoring does with one person of a backup. */
export function fateText({ fate, person, receipt }: RestorePerson): string {
  switch (fate) {
    case 'add':
      return msg('Comes back');
    case 'replace':
      return msg('Takes the place of an older or unreadable record');
    case 'keep':
      return msg('Stays as it is here, which is as new or newer');
    case 'overdue':
      return msg(str`Stays out: was to be kept until ${longDate(person.retainUntilMs)}`);
    case 'revoked':
      return receipt ? msg(str`Stays out: erased here on ${longDate(receipt.erasedAtMs)}`) : msg('Stays out: erased here since');
  }
}

/** Whose backup it is, of when, and whether there are newer ones. */
export function originText({ madeAtMs, own, newerBackups }: BackupView): string {
  const made = own ? msg(str`Made on this device, ${dateAndTime(madeAtMs)}.`) : msg(str`Made on another device, ${dateAndTime(madeAtMs)}.`);
  return newerBackups > 0 ? `${made} ${msg(str`Newer backups made since: ${formatInteger(newerBackups)}. Is this the one you want?`)}` : made;
}

/** What was done, in numbers, without what was not. */
export function restoredText({ added, replaced, kept, refused, overdue }: Restored): string {
  const parts: readonly (readonly [readonly unknown[], (count: string) => string])[] = [
    [added, (count) => msg(str`came back: ${count}`)],
    [replaced, (count) => msg(str`replaced: ${count}`)],
    [kept, (count) => msg(str`as new here: ${count}`)],
    [refused, (count) => msg(str`erased before and left out: ${count}`)],
    [overdue, (count) => msg(str`out of date and left out: ${count}`)],
  ];
  const said = parts.filter(([people]) => people.length > 0).map(([people, text]) => text(formatInteger(people.length)));
  return said.length > 0 ? msg(str`Restored. People ${said.join(', ')}.`) : msg('Restored. Nobody was in it.');
}
