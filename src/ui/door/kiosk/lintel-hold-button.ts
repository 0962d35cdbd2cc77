import { localized, msg } from '@lit/localize';
import { LitElement, css, html } from 'lit';
import type { TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { brandMark } from '../../icons/brand.ts';
import { controls } from '../../styles/controls.ts';

/** How long the corner is held: too long for a brush of the hand, short enough for the owner. */
export const holdMs = 2000;

/**
 * The mark in the corner. Held down, by finger, mouse, Enter or Space, it asks for the owner; tapped, it does nothing.
 *
 * @fires owner-asked
 */
@localized()
@customElement('lintel-hold-button')
export class LintelHoldButton extends LitElement {
  static override styles = [
    controls,
    css`
      :host {
        display: inline-block;
      }
      button {
        position: relative;
        display: grid;
        place-items: center;
        inline-size: 64px;
        block-size: 64px;
        padding: 0;
        border: 0;
        border-radius: 50%;
        background: transparent;
        color: inherit;
        touch-action: none;
        user-select: none;
        -webkit-touch-callout: none;
      }
      .mark svg {
        inline-size: 34px;
        block-size: 34px;
      }
      .ring {
        position: absolute;
        inset: 2px;
        inline-size: 60px;
        block-size: 60px;
        transform: rotate(-90deg);
      }
      .ring circle {
        fill: none;
        stroke: var(--amber);
        stroke-width: 4;
        stroke-dasharray: 100;
        stroke-dashoffset: 100;
      }
      .held .ring circle {
        stroke-dashoffset: 0;
        transition: stroke-dashoffset ${holdMs / 1000}s linear;
      }
    `,
  ];

  @state() private held = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  override disconnectedCallback(): void {
    this.#release();
    super.disconnectedCallback();
  }

  override render(): TemplateResult {
    return html`<button
      class=${this.held ? 'held' : ''}
      aria-label=${msg('For the owner: hold down')}
      @pointerdown=${this.#press}
      @pointerup=${this.#release}
      @pointerleave=${this.#release}
      @pointercancel=${this.#release}
      @blur=${this.#release}
      @keydown=${this.#keyDown}
      @keyup=${this.#release}
      @contextmenu=${(event: Event) => event.preventDefault()}
    >
      <span class="mark">${brandMark}</span>
      <svg class="ring" viewBox="0 0 36 36" aria-hidden="true" focusable="false"><circle cx="18" cy="18" r="16" pathLength="100"></circle></svg>
    </button>`;
  }

  readonly #keyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' && event.key !== ' ') return;
    event.preventDefault();
    if (!event.repeat) this.#press();
  };

  readonly #press = (): void => {
    this.#release();
    this.held = true;
    this.#timer = setTimeout(() => {
      this.held = false;
      this.dispatchEvent(new CustomEvent('owner-asked', { bubbles: true, composed: true }));
    }, holdMs);
  };

  readonly #release = (): void => {
    clearTimeout(this.#timer);
    this.held = false;
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'lintel-hold-button': LintelHoldButton;
  }
}
