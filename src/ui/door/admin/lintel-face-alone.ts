import { localized, msg, str } from '@lit/localize';
import { LitElement, html } from 'lit';
import type { TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { formatInteger } from '../../i18n/format.ts';
import { warningIcon } from '../../icons/icons.ts';
import { controls } from '../../styles/controls.ts';
import { field } from '../../styles/field.ts';
import { page } from '../../styles/page.ts';
import { pagePart } from '../../styles/page-part.ts';
import { adminStyles } from './admin-styles.ts';
import type { DoorRisk } from './door-office.ts';
import { strangersAt } from './lintel-target-rate.ts';

/** Raised when the text that is signed changes its meaning. */
export const faceAloneTextVersion = '1';

/** What the owner reads before signing, line by line: what was measured, and what was not. */
export function faceAloneText(rate: number, risk: DoorRisk | null): readonly string[] {
  return [
    msg(str`At the chosen setting about 1 in ${strangersAt(rate)} strangers is taken for somebody at this door.`),
    ...(risk
      ? [
          msg(
            str`That is computed from ${formatInteger(risk.impostors.comparisons)} comparisons of different people (${risk.impostors.measuredOn}), for ${formatInteger(risk.templates)} templates. Brothers, sisters and twins pass more often; nobody has measured how often.`,
          ),
        ]
      : []),
    msg('The checks against photos, screens and masks are hints, not proofs. How many attacks they stop was not measured on a set large enough to promise a number.'),
    msg('With a PIN or a card beside the face, a stranger needs both.'),
  ];
}

/** The signature under the text as it stood there. */
export interface SignedText {
  readonly signedBy: string;
  readonly text: string;
}

/**
 * The screen on which the owner signs that a face alone opens: it states what was measured, and what was not.
 *
 * @fires face-alone-signed - detail: SignedText
 * @fires face-alone-declined
 */
@localized()
@customElement('lintel-face-alone')
export class LintelFaceAlone extends LitElement {
  static override styles = [controls, page, pagePart, field, adminStyles];

  @property({ type: Number }) rate = 1e-4;
  @property({ attribute: false }) risk: DoorRisk | null = null;
  @state() private ticked = false;
  @state() private name = '';
  @query('h2') private readonly heading!: HTMLElement;

  override firstUpdated(): void {
    this.heading.focus();
  }

  override render(): TemplateResult {
    return html`<section class="card padded danger" aria-labelledby="alone">
      <h2 id="alone" tabindex="-1">${warningIcon}${msg('A face alone is not a key')}</h2>
      <ul class="plain">
        ${faceAloneText(this.rate, this.risk).map((line) => html`<li>${line}</li>`)}
      </ul>
      <form @submit=${this.#sign}>
        <label class="tick">
          <input type="checkbox" .checked=${this.ticked} @change=${(event: Event) => (this.ticked = (event.target as HTMLInputElement).checked)} />
          <span>${msg('I have read this. I am responsible for this door, and I want a face alone to open it.')}</span>
        </label>
        <label class="labelled">
          ${msg('Your name, as a signature')}
          <input class="field" autocomplete="name" maxlength="120" .value=${this.name} @input=${(event: Event) => (this.name = (event.target as HTMLInputElement).value)} />
        </label>
        <div class="actions">
          <button type="button" class="button primary" @click=${() => this.dispatchEvent(new CustomEvent('face-alone-declined'))}>${msg('Keep a second factor')}</button>
          <button class="button danger" ?disabled=${!this.ticked || this.name.trim() === ''}>${msg('Sign')}</button>
        </div>
      </form>
    </section>`;
  }

  readonly #sign = (event: Event): void => {
    event.preventDefault();
    const name = this.name.trim();
    if (this.ticked && name !== '') this.dispatchEvent(new CustomEvent<SignedText>('face-alone-signed', { detail: { signedBy: name, text: faceAloneText(this.rate, this.risk).join('\n') } }));
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'lintel-face-alone': LintelFaceAlone;
  }
}
