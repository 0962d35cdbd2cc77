import { localized, msg } from '@lit/localize';
import { LitElement, html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { PinProblem } from '../../../store/index.ts';
import { cleanPin, problemOfPin } from '../../../store/index.ts';
import { warningIcon } from '../../icons/icons.ts';
import { controls } from '../../styles/controls.ts';
import { field } from '../../styles/field.ts';
import { page } from '../../styles/page.ts';
import { pagePart } from '../../styles/page-part.ts';
import { adminStyles } from './admin-styles.ts';

/** Why a PIN is not taken. */
export type PinFault = PinProblem | 'differs';

/** What is wrong with a new PIN; null where it may be kept. */
export function pinFault(typed: string, again: string): PinFault | null {
  return problemOfPin(cleanPin(typed)) ?? (cleanPin(typed) === cleanPin(again) ? null : 'differs');
}

/**
 * A new PIN, typed twice.
 *
 * @fires pin-chosen - detail: string
 */
@localized()
@customElement('lintel-owner-pin')
export class LintelOwnerPin extends LitElement {
  static override styles = [controls, page, pagePart, field, adminStyles];

  @property() label = '';
  @property() hint = '';
  @state() private fault: PinFault | null = null;

  override render(): TemplateResult {
    return html`<form @submit=${this.#sent}>
      <label class="labelled">
        ${this.label}
        <input class="field code" name="pin" type="password" inputmode="numeric" autocomplete="new-password" maxlength="12" />
        ${this.hint === '' ? nothing : html`<span class="hint">${this.hint}</span>`}
      </label>
      <label class="labelled">
        ${msg('The same again')}
        <input class="field code" name="again" type="password" inputmode="numeric" autocomplete="new-password" maxlength="12" />
      </label>
      <p class="badge bad said" role="alert">${this.fault ? html`${warningIcon}${pinFaultText(this.fault)}` : nothing}</p>
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

export function pinFaultText(fault: PinFault): string {
  switch (fault) {
    case 'not-digits':
    case 'too-short':
    case 'too-long':
      return msg('Six to twelve digits, please.');
    case 'too-simple':
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
