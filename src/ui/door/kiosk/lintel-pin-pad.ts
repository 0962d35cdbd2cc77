import { localized, msg, str } from '@lit/localize';
import { LitElement, css, html, nothing } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { controls } from '../../styles/controls.ts';
import { backspaceSign, enterSign } from './door-icons.ts';

const digits = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '0'] as const;

/**
 * A pad of large keys for a PIN. The digits are never shown, spoken or put into the document: a dot stands for each.
 * A keyboard works as well: digits, Backspace, Enter.
 *
 * @fires pin-entered - detail: string, the digits
 */
@localized()
@customElement('lintel-pin-pad')
export class LintelPinPad extends LitElement {
  static override styles = [
    controls,
    css`
      :host {
        display: grid;
        justify-items: center;
        gap: 12px;
        --key: clamp(64px, 8.4vmin, 72px);
      }
      .dots {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        justify-content: center;
        gap: 14px;
        min-block-size: 30px;
      }
      .dots span {
        inline-size: 18px;
        block-size: 18px;
        border: 2px solid currentColor;
        border-radius: 50%;
        opacity: 0.6;
      }
      .dots .filled {
        background: currentColor;
        opacity: 1;
      }
      .keys {
        display: grid;
        grid-template-columns: repeat(3, minmax(var(--key), calc(var(--key) * 1.4)));
        gap: 12px;
        justify-content: center;
        inline-size: 100%;
      }
      :host([low]) .keys {
        grid-template-columns: repeat(6, minmax(0, var(--key)));
        gap: 10px;
      }
      button {
        display: grid;
        place-items: center;
        min-inline-size: 48px;
        block-size: var(--key);
        padding: 0;
        border: 1px solid rgb(255 255 255 / 0.24);
        border-radius: 18px;
        background: rgb(255 255 255 / 0.1);
        color: inherit;
        font-size: 1.875rem;
        font-weight: 600;
        font-variant-numeric: tabular-nums;
        cursor: pointer;
        transition:
          background var(--quick) var(--ease),
          transform var(--quick) var(--ease);
      }
      button:active {
        background: rgb(255 255 255 / 0.3);
        transform: scale(0.96);
      }
      button:disabled {
        opacity: 0.45;
        cursor: default;
      }
      button svg {
        inline-size: 32px;
        block-size: 32px;
      }
      .enter:not(:disabled) {
        border-color: transparent;
        background: var(--key-accent, var(--amber));
        color: var(--ink);
      }
      @media (max-width: 480px) {
        :host([low]) .keys {
          gap: 6px;
        }
      }
      @media (forced-colors: active) {
        button {
          border: 2px solid ButtonText;
        }
        .dots .filled {
          background: CanvasText;
          forced-color-adjust: none;
        }
        .enter:not(:disabled) {
          background: Highlight;
          color: HighlightText;
          forced-color-adjust: none;
        }
      }
    `,
  ];

  /** What the PIN is for, as assistive technology says it. */
  @property() label = '';
  @property({ type: Number }) minDigits = 4;
  @property({ type: Number }) maxDigits = 12;
  /** An answer is awaited: no key counts. */
  @property({ type: Boolean }) busy = false;
  /** Two rows in place of four: the whole pad fits in the lowest hand's breadth of the screen. */
  @property({ type: Boolean, reflect: true }) low = false;

  @state() private typed = '';

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener('keydown', this.#keyPressed);
  }

  override disconnectedCallback(): void {
    removeEventListener('keydown', this.#keyPressed);
    this.typed = '';
    super.disconnectedCallback();
  }

  /** An answer has come: what was typed is gone, right or wrong. */
  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('busy') && !this.busy) this.typed = '';
  }

  override render(): TemplateResult {
    const rows = this.low ? [...digits.slice(0, 5), 'back', ...digits.slice(5), 'enter'] : [...digits.slice(0, 9), 'back', '0', 'enter'];
    const count = this.typed.length;
    return html`<div class="dots" aria-hidden="true">
        ${Array.from({ length: Math.max(count, this.minDigits) }, (_, index) => html`<span class=${index < count ? 'filled' : ''}></span>`)}
      </div>
      <p class="visually-hidden" role="status">${count > 0 ? msg(str`Digits typed: ${count}`) : nothing}</p>
      <div class="keys" role="group" aria-label=${this.label}>${rows.map((key) => this.#key(key))}</div>`;
  }

  #key(key: string): TemplateResult {
    if (key === 'back')
      return html`<button aria-label=${msg('Delete a digit')} ?disabled=${this.busy || this.typed === ''} @click=${() => this.#back()}>${backspaceSign}</button>`;
    if (key === 'enter')
      return html`<button class="enter" aria-label=${msg('Enter')} ?disabled=${this.busy || this.typed.length < this.minDigits} @click=${() => this.#enter()}>
        ${enterSign}
      </button>`;
    return html`<button ?disabled=${this.busy} @click=${() => this.#type(key)}>${key}</button>`;
  }

  /** Typed anywhere on the screen, unless into a field. */
  readonly #keyPressed = (event: KeyboardEvent): void => {
    const [target] = event.composedPath();
    if (event.ctrlKey || event.metaKey || event.altKey || target instanceof HTMLInputElement) return;
    if (/^\d$/.test(event.key)) this.#type(event.key);
    else if (event.key === 'Backspace') this.#back();
    else if (event.key === 'Enter' && !(target instanceof HTMLButtonElement)) this.#enter();
    else return;
    event.preventDefault();
  };

  #type(digit: string): void {
    if (!this.busy && this.typed.length < this.maxDigits) this.typed += digit;
  }

  #back(): void {
    if (!this.busy) this.typed = this.typed.slice(0, -1);
  }

  #enter(): void {
    if (this.busy || this.typed.length < this.minDigits) return;
    const pin = this.typed;
    this.typed = '';
    this.dispatchEvent(new CustomEvent<string>('pin-entered', { detail: pin }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lintel-pin-pad': LintelPinPad;
  }
}
