import { msg, str } from '@lit/localize';
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { Receipt } from '../../store/index.ts';
import { formatInteger } from '../i18n/format.ts';
import { checkIcon } from '../icons/icons.ts';
import { dateAndTime } from './date-texts.ts';

/** A receipt as it is shown: that someone was erased, when, why, and how much it was. Styled by `page`. */
export function receiptRow(receipt: Receipt): TemplateResult {
  const { templates, negatives, photos, unreadable } = receipt.erased;
  return html`<div class="row receipt" data-id=${receipt.id}>
    <span class="text">
      <span class="name">${dateAndTime(receipt.erasedAtMs)}</span>
      <span class="hint">
        ${receipt.askedBy === 'owner' ? msg('The owner asked for it.') : msg('The date of the consent was over.')}
        ${msg(str`Erased: templates ${formatInteger(templates)}, photos ${formatInteger(photos)}, examples of others ${formatInteger(negatives)}.`)}
        ${unreadable > 0 ? msg(str`Records that could not be read any more: ${formatInteger(unreadable)}.`) : nothing}
      </span>
      <span class="hint tabular">${msg(str`Receipt ${receipt.id.slice(0, 8)}`)}</span>
    </span>
    <span class="badge good">${checkIcon}${msg('Erased')}</span>
  </div>`;
}
