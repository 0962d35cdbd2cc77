import { localized, msg } from '@lit/localize';
import { LitElement, css, html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { systemCalendar } from '../../base/index.ts';
import type { Consent } from '../../store/index.ts';
import { warningIcon } from '../icons/icons.ts';
import { controls } from '../styles/controls.ts';
import { page } from '../styles/page.ts';
import { pagePart } from '../styles/page-part.ts';
import { consentGiven, consentParagraphs } from './consent-text.ts';
import { peopleStyles } from './people-styles.ts';

/** Consent to what is kept, with or without a photo. */
export interface ConsentAnswer {
  readonly consent: Consent;
  readonly withPhoto: boolean;
}

/**
 * Asks the person, before the camera starts. What is stored is the text as it stood here.
 *
 * @fires consent-given - ConsentAnswer
 */
@localized()
@customElement('lintel-consent')
export class LintelConsent extends LitElement {
  static override styles = [
    controls,
    page,
    pagePart,
    peopleStyles,
    css`
      .text {
        display: grid;
        gap: var(--gap-3);
        padding: var(--gap-4);
        text-wrap: pretty;
      }
      .switch {
        padding-inline: var(--gap-4);
        border-block-start: 1px solid var(--line);
      }
      .switch .hint {
        padding-block-end: var(--gap-2);
      }
      .switch .name {
        display: block;
        padding-block-start: var(--gap-2);
        font-weight: 500;
      }
    `,
  ];

  @property({ type: Number }) retainUntilMs = 0;
  /** Offer to keep a photo too. */
  @property({ type: Boolean }) offerPhoto = true;
  @property({ type: Boolean }) withPhoto = false;
  @state() private asked = false;
  @query('.tick input') private readonly tick!: HTMLInputElement;

  override render(): TemplateResult {
    const paragraphs = consentParagraphs(this.retainUntilMs, this.withPhoto);
    return html`<form novalidate @submit=${(event: Event) => this.#agree(event, paragraphs)}>
      <div class="card">
        <div class="text">${paragraphs.map((text) => html`<p>${text}</p>`)}</div>
        ${this.offerPhoto
          ? html`<label class="switch">
              <span><span class="name">${msg('Keep a photo as well')}</span><span class="hint">${msg('Only where you want to see who it is. Nothing needs it.')}</span></span>
              <input type="checkbox" role="switch" aria-checked=${this.withPhoto ? 'true' : 'false'} .checked=${live(this.withPhoto)} @change=${this.#photoTurned} />
            </label>`
          : nothing}
      </div>
      <label class="tick">
        <input type="checkbox" required aria-invalid=${this.asked ? 'true' : 'false'} aria-describedby="ask" @change=${() => (this.asked = false)} />
        <span>${msg('I have read this, it is about me, and I agree.')}</span>
      </label>
      <p id="ask" class="badge bad" role="alert" ?hidden=${!this.asked}>${warningIcon}<span>${msg('Tick the box first: without consent nothing is looked at.')}</span></p>
      <div class="actions"><button class="button primary">${msg('Agree and go on')}</button></div>
    </form>`;
  }

  readonly #photoTurned = (event: Event): void => {
    this.withPhoto = (event.target as HTMLInputElement).checked;
    // Another text: what was ticked was the one before.
    this.tick.checked = false;
  };

  #agree(event: Event, paragraphs: readonly string[]): void {
    event.preventDefault();
    this.asked = !this.tick.checked;
    if (this.asked) this.tick.focus();
    else this.dispatchEvent(new CustomEvent<ConsentAnswer>('consent-given', { detail: { consent: consentGiven(paragraphs, systemCalendar.epochMs()), withPhoto: this.withPhoto } }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lintel-consent': LintelConsent;
  }
}
