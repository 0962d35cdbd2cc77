import { localized, msg, str } from '@lit/localize';
import { LitElement, css, html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { pinDigits } from '../../store/index.ts';
import { controls } from '../styles/controls.ts';
import { kioskButtons } from './kiosk/kiosk-buttons.ts';
import './kiosk/lintel-pin-pad.ts';
import { timeLeft } from './kiosk/time-left.ts';
import type { OwnerAnswer, OwnerGuard } from './owner-guard.ts';

const touches = ['pointerdown', 'keydown'] as const;

/**
 * Asks whether it is the owner: PIN, or the lock of the device where it was registered.
 *
 * @fires owner-in
 * @fires owner-away - "Back", or nobody touched it for `awayAfterMs`
 */
@localized()
@customElement('lintel-owner-gate')
export class LintelOwnerGate extends LitElement {
  static override styles = [
    controls,
    kioskButtons,
    css`
      :host {
        display: grid;
        justify-items: center;
        align-content: center;
        gap: var(--gap-4);
        padding: var(--gap-5) var(--gap-4);
        background: var(--ink);
        color: #f3f1ec;
        --focus: #ffffff;
        --focus-gap: #0e1116;
      }
      h1 {
        font-size: clamp(1.75rem, 5vmin, 2.5rem);
        line-height: 1.1;
        letter-spacing: -0.02em;
        text-align: center;
      }
      h1:focus-visible {
        outline: none;
        box-shadow: none;
      }
      p {
        min-block-size: 1.5em;
        max-inline-size: 40ch;
        color: #c3c8d0;
        font-size: 1.125rem;
        text-align: center;
        text-wrap: balance;
      }
      lintel-pin-pad {
        inline-size: min(360px, 100%);
      }
    `,
  ];

  @property({ attribute: false }) guard: OwnerGuard | null = null;
  /** 0: it stays. */
  @property({ type: Number }) awayAfterMs = 0;
  @state() private checking = false;
  @state() private answer: OwnerAnswer | null = null;
  @query('h1') private readonly heading!: HTMLElement;

  #timer: ReturnType<typeof setTimeout> | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    for (const type of touches) addEventListener(type, this.#touched);
    this.#touched();
  }

  override disconnectedCallback(): void {
    for (const type of touches) removeEventListener(type, this.#touched);
    clearTimeout(this.#timer);
    super.disconnectedCallback();
  }

  override firstUpdated(): void {
    this.heading.focus();
  }

  override render(): TemplateResult {
    return html`<h1 tabindex="-1">${msg('For the owner')}</h1>
      <p role="status">${this.#said()}</p>
      <lintel-pin-pad
        .label=${msg('PIN of the owner')}
        .minDigits=${pinDigits.least}
        .busy=${this.checking}
        @pin-entered=${(event: CustomEvent<string>) => void this.#try((guard) => guard.enter(event.detail))}
      ></lintel-pin-pad>
      ${this.guard?.hasPasskey
        ? html`<button class="big" ?disabled=${this.checking} @click=${() => void this.#try((guard) => guard.enterByPasskey())}>${msg('Use the lock of this device')}</button>`
        : nothing}
      <button class="big quiet" @click=${() => this.#leave()}>${msg('Back')}</button>`;
  }

  readonly #touched = (): void => {
    clearTimeout(this.#timer);
    if (this.awayAfterMs > 0) this.#timer = setTimeout(() => this.#leave(), this.awayAfterMs);
  };

  #leave(): void {
    this.dispatchEvent(new CustomEvent('owner-away'));
  }

  #said(): string {
    if (this.checking) return msg('Checking…');
    switch (this.answer?.kind) {
      case 'wrong':
        return msg(str`That was not it. Tries left: ${this.answer.triesLeft}`);
      case 'locked':
        return msg(str`Too many wrong PINs. Nothing is checked for the next ${timeLeft(this.answer.leftMs)}.`);
      case 'failed':
        return msg('It could not be checked, so nobody was let in. Try again.');
      default:
        return msg('Type the owner’s PIN.');
    }
  }

  async #try(ask: (guard: OwnerGuard) => Promise<OwnerAnswer>): Promise<void> {
    if (!this.guard || this.checking) return;
    this.checking = true;
    try {
      this.answer = await ask(this.guard);
    } finally {
      this.checking = false;
    }
    if (this.answer.kind === 'right') this.dispatchEvent(new CustomEvent('owner-in'));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lintel-owner-gate': LintelOwnerGate;
  }
}
