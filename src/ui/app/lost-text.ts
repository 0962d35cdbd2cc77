import { msg, str } from '@lit/localize';
import type { KeptKind } from '../../store/index.ts';
import { currentLocale } from '../i18n/localization.ts';

/** What the browser has thrown away, what the app does without it, and what helps. */
export function lostText(lost: readonly KeptKind[]): string {
  const list = new Intl.ListFormat(currentLocale(), { type: 'conjunction' }).format(lost.map(kindText));
  return [msg(str`The browser has removed what Lintel kept on this device: ${list}. It went nowhere else.`), ...lost.map(adviceText)].join(' ');
}

function kindText(kind: KeptKind): string {
  switch (kind) {
    case 'people':
      return msg('the people who were enrolled');
    case 'door':
      return msg('the set-up and the record of the door');
    case 'models':
      return msg('models that you brought');
    case 'offline':
      return msg('files for use without a network');
  }
}

function adviceText(kind: KeptKind): string {
  switch (kind) {
    case 'people':
      return msg('Restore a backup under People.');
    case 'door':
      return doorLostText();
    case 'models':
      return msg('Bring your models again under Models.');
    case 'offline':
      return msg('They are fetched again when they are needed.');
  }
}

/** A set-up from the door's own screen would make whoever stands there its owner. */
export function doorLostText(): string {
  return msg('The door stays shut: remove the data of this site in the browser’s settings, then set the door up again.');
}
