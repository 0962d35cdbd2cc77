import { localized, msg } from '@lit/localize';
import { LitElement, css, html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { failureText } from '../i18n/failure-texts.ts';
import { browserKind, unblockSteps } from '../i18n/unblock-camera.ts';
import { pictureIcon, warningIcon } from '../icons/icons.ts';
import { controls } from '../styles/controls.ts';
import type { LiveFailure } from './live-state.ts';

/**
 * A failure that leaves no picture: cause, what the app did, what to do, and the ways on.
 *
 * @fires retry - try the same again
 * @fires files-choose - look at a photo or video instead
 */
@localized()
@customElement('lintel-message')
export class LintelMessage extends LitElement {
  static override styles = [
    controls,
    css`
      :host {
        display: grid;
        place-items: center;
        padding: var(--gap-5);
        overflow: auto;
        background: var(--ink);
        color: #f3f1ec;
        --text-1: #f3f1ec;
        --text-2: #b9bfc9;
        --line-strong: #7d8694;
        --surface-2: #232932;
        --focus: #ffffff;
        --focus-gap: #0e1116;
      }
      .inner {
        max-inline-size: 440px;
      }
      .inner > svg {
        inline-size: 40px;
        block-size: 40px;
        color: var(--amber);
      }
      h1 {
        margin-block: var(--gap-3) var(--gap-2);
        font-size: 1.5rem;
        line-height: 1.2;
        letter-spacing: -0.015em;
        outline: none;
        text-wrap: balance;
      }
      p,
      ol {
        color: var(--text-2);
      }
      ol {
        margin: var(--gap-4) 0 0;
        padding-inline-start: 1.5em;
      }
      li {
        padding-block: 3px;
      }
      .actions {
        display: flex;
        flex-wrap: wrap;
        gap: var(--gap-3);
        margin-block-start: var(--gap-5);
      }
      .actions .button {
        flex: 1 1 auto;
      }
    `,
  ];

  @property({ attribute: false }) failure: LiveFailure | null = null;

  override render(): TemplateResult | typeof nothing {
    const { failure } = this;
    if (!failure) return nothing;
    const { title, text } = failureText(failure.code);
    return html`<div class="inner" role="alert" data-code=${failure.code}>
      ${warningIcon}
      <h1 tabindex="-1">${title}</h1>
      <p>${text}</p>
      ${failure.code === 'denied' ? this.#unblock() : nothing}
      <div class="actions">
        <button class="button primary" @click=${() => this.dispatchEvent(new CustomEvent('retry'))}>${msg('Try again')}</button>
        <button class="button" @click=${() => this.dispatchEvent(new CustomEvent('files-choose'))}>${pictureIcon}${msg('Choose a photo or video')}</button>
      </div>
    </div>`;
  }

  #unblock(): TemplateResult {
    const standalone = matchMedia('(display-mode: standalone)').matches;
    const steps = unblockSteps(browserKind({ userAgent: navigator.userAgent, maxTouchPoints: navigator.maxTouchPoints, standalone }));
    return html`<ol>
      ${steps.map((step) => html`<li>${step}</li>`)}
    </ol>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lintel-message': LintelMessage;
  }
}
