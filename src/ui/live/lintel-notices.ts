import { localized, msg, str } from '@lit/localize';
import { LitElement, css, html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { PipelineState } from '../../pipeline/index.ts';
import { failureText } from '../i18n/failure-texts.ts';
import { formatInteger } from '../i18n/format.ts';
import { closeIcon, warningIcon } from '../icons/icons.ts';
import { controls } from '../styles/controls.ts';
import type { LiveFailure } from './live-state.ts';

/**
 * Messages over the picture that do not end it: cause, what the app did, what to do.
 *
 * @fires notice-close
 * @fires engine-retry
 * @fires torch-on
 */
@localized()
@customElement('lintel-notices')
export class LintelNotices extends LitElement {
  static override styles = [
    controls,
    css`
      :host {
        display: grid;
        gap: var(--gap-2);
      }
      .notice {
        display: grid;
        grid-template-columns: 24px 1fr auto;
        gap: 0 var(--gap-3);
        align-items: start;
        padding: var(--gap-3) var(--gap-2) var(--gap-3) var(--gap-4);
        border: 1px solid var(--line);
        border-radius: var(--radius-m);
        background: var(--surface-1);
        color: var(--text-1);
        box-shadow: 0 10px 34px rgb(0 0 0 / 0.34);
      }
      .notice > svg {
        margin-block-start: 2px;
        color: var(--accent-text);
      }
      strong {
        display: block;
        line-height: 1.35;
      }
      p {
        margin-block-start: 2px;
        color: var(--text-2);
        font-size: 0.9375rem;
        line-height: 1.4;
      }
      .close {
        display: grid;
        place-items: center;
        inline-size: var(--target);
        block-size: var(--target);
        margin: -10px 0;
        padding: 0;
        border: 0;
        border-radius: 50%;
        background: transparent;
        cursor: pointer;
      }
      .button {
        margin-block-start: var(--gap-2);
      }
    `,
  ];

  @property({ attribute: false }) failure: LiveFailure | null = null;
  @property({ attribute: false }) engine: PipelineState = { phase: 'idle' };
  @property({ attribute: false }) interruption: LiveFailure | null = null;
  /** The camera has shown nothing but darkness for a while. */
  @property({ type: Boolean }) dark = false;
  /** There is a torch, and it is off. */
  @property({ type: Boolean }) canLight = false;
  /** How many model outputs were refused because they were no numbers. */
  @property({ type: Number }) refused = 0;

  override render(): TemplateResult {
    const retry = html`<button class="button" @click=${() => this.dispatchEvent(new CustomEvent('engine-retry'))}>${msg('Try again')}</button>`;
    return html`<div aria-live="assertive">
      ${this.interruption ? this.#message(this.interruption, nothing, nothing) : nothing}
      ${this.engine.phase === 'failed' ? this.#message(this.engine.failure, nothing, retry) : nothing}
      ${this.engine.phase === 'starting' && this.engine.after ? this.#message(this.engine.after, nothing, nothing) : nothing}
      ${this.failure ? this.#message(this.failure, this.#close(), nothing) : nothing} ${this.dark ? this.#darkness() : nothing} ${this.refused > 0 ? this.#faults() : nothing}
    </div>`;
  }

  #message(failure: LiveFailure, close: TemplateResult | typeof nothing, action: TemplateResult | typeof nothing): TemplateResult {
    const { title, text } = failureText(failure.code);
    return html`<div class="notice" data-code=${failure.code}>
      ${warningIcon}
      <div>
        <strong>${title}</strong>
        <p>${text}</p>
        ${action}
      </div>
      ${close}
    </div>`;
  }

  #darkness(): TemplateResult {
    const light = html`<button class="button" @click=${() => this.dispatchEvent(new CustomEvent('torch-on'))}>${msg('Turn the torch on')}</button>`;
    return html`<div class="notice" data-code="dark-picture">
      ${warningIcon}
      <div>
        <strong>${msg('The camera sees only darkness')}</strong>
        <p>${msg('Nothing can be found in it; Lintel goes on looking. Open the camera’s shutter, take away what covers it, or make light.')}</p>
        ${this.canLight ? light : nothing}
      </div>
    </div>`;
  }

  #faults(): TemplateResult {
    return html`<div class="notice" data-code="refused-outputs">
      ${warningIcon}
      <div>
        <strong>${msg('A model answered with broken numbers')}</strong>
        <p>${msg(str`${formatInteger(this.refused)} answers were refused and are not shown. If this goes on, choose another backend in the settings.`)}</p>
      </div>
    </div>`;
  }

  #close(): TemplateResult {
    return html`<button class="close" aria-label=${msg('Close')} @click=${() => this.dispatchEvent(new CustomEvent('notice-close'))}>${closeIcon}</button>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lintel-notices': LintelNotices;
  }
}
