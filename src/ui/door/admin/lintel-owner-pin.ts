import { localized, msg } from '@lit/localize';
import { LitElement, html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { warningIcon } from '../../icons/icons.ts';
import { controls } from '../../styles/controls.ts';
import { field } from '../../styles/field.ts';
import { page } from '../../styles/page.ts';
import { pagePart } from '../../styles/page-part.ts';
import { adminStyles } from './admin-styles.ts';

/** Why a PIN is not taken. */
export type PinFault = 'short' | 'easy' | 'differs';

const leastDigits = 6;

/** What is wrong with a new PIN; null where it may be kept. */
export function pinFault(pin: string, again: string): PinFault | null {
  if (!new RegExp(`^\\d{${leastDigits},12}$`).test(pin)) return 'short';
  const steps = new Set(Array.from(pin.slice(1), (digit, i) => Number(digit) - Number(pin.charAt(i))));
  if (steps.size === 1 && [-1, 0, 1].some((step) => steps.has(step))) return 'easy';
  return pin === again ? null : 'differs';
}

/**
 * The PIN of the owner, typed twice.
 *
 * @fires pin-chosen - detail: string
 */
@localized()
@customElement('lintel-owner-pin')
export class LintelOwnerPin extends LitElement {
  static override styles = [controls, page, pagePart, field, adminStyles];

  @state() private fault: PinFault | null = null;

  override render(): TemplateResult {
    return html`<form @submit=${this.#sent}>
      <label class="labelled">
        ${msg('PIN of the owner')}
        <input class="field code" name="pin" type="password" inputmode="numeric" autocomplete="new-password" maxlength="12" />
        <span class="hint">${msg('Six digits or more. It guards these pages, not the door.')}</span>
      </label>
      <label class="labelled">
        ${msg('The same again')}
        <input class="field code" name="again" type="password" inputmode="numeric" autocomplete="new-password" maxlength="12" />
      </label>
      <p class="badge bad said" role="alert">${this.fault ? html`${warningIcon}${faultText(this.fault)}` : nothing}</p>
      <div class="actions"><button class="button primary">${msg('Go on')}</button></div>
    </form>`;
  }

  readonly #sent = (event: SubmitEvent): void => {
    event.preventDefault();
    const data = new FormData(event.target as HTMLFormElement);
    const [pin, again] = ['pin', 'again'].map((name) => textOf(data.get(name)));
    this.fault = pinFault(pin ?? '', again ?? '');
    if (this.fault === null) this.dispatchEvent(new CustomEvent<string>('pin-chosen', { detail: pin ?? '' }));
  };
}

function textOf(value: FormDataEntryValue | null): string {
  return typeof value === 'string' ? value : '';
}

function faultText(fault: PinFault): string {
  switch (fault) {
    case 'short':
      return msg('Six to twelve digits, please.');
    case 'easy':
      return msg('Digits in a row are the first that people guess. Choose others.');
    case 'differs':
      return msg('The two are not the same.');
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lintel-owner-pin': LintelOwnerPin;
  }
}
