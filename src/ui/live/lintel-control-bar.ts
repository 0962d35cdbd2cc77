import { localized, msg } from '@lit/localize';
import { LitElement, css, html } from 'lit';
import type { SVGTemplateResult, TemplateResult } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { closeIcon, flipIcon, pauseIcon, pictureIcon, playIcon, slidersIcon } from '../icons/icons.ts';
import { controls } from '../styles/controls.ts';
import { glassControls } from './stage-styles.ts';

/** What a press in the control bar asks for. */
export type ControlAction = 'snapshot' | 'flip' | 'pause' | 'close' | 'panel';

/**
 * The thumb's row: choose a picture, pause, shutter, flip, panel.
 *
 * @fires control-action - detail: ControlAction
 * @fires files-picked - detail: the chosen files, File[]
 */
@localized()
@customElement('lintel-control-bar')
export class LintelControlBar extends LitElement {
  static override styles = [
    controls,
    glassControls,
    css`
      :host {
        display: flex;
        align-items: center;
        justify-content: space-between;
        gap: var(--gap-2);
        inline-size: 100%;
        max-inline-size: 420px;
        margin-inline: auto;
      }
      .place {
        inline-size: var(--target);
        block-size: var(--target);
      }
      .shutter {
        position: relative;
        flex: none;
        inline-size: var(--shutter);
        block-size: var(--shutter);
        padding: 0;
        border: 4px solid #ffffff;
        border-radius: 50%;
        background: transparent;
        box-shadow: 0 0 0 1.5px rgb(14 17 22 / 0.6);
        cursor: pointer;
      }
      .shutter::after {
        content: '';
        position: absolute;
        inset: 4px;
        border-radius: 50%;
        background: #ffffff;
        transition: inset var(--quick) var(--ease);
      }
      .shutter:active::after {
        inset: 9px;
      }
      .shutter:disabled {
        opacity: 0.45;
        cursor: default;
      }
      @media (forced-colors: active) {
        .shutter {
          border-color: ButtonText;
        }
        .shutter::after {
          background: ButtonText;
          forced-color-adjust: none;
        }
      }
      @media (min-width: 900px) and (min-height: 521px) {
        .options {
          visibility: hidden;
        }
      }
      /* A phone held sideways: the row stands at the thumb. */
      @media (orientation: landscape) and (max-height: 520px) {
        :host {
          flex-direction: column-reverse;
          inline-size: auto;
          block-size: 100%;
          max-block-size: 420px;
          margin-block: auto;
        }
      }
    `,
  ];

  @property({ type: Boolean }) canSnapshot = false;
  @property({ type: Boolean }) canPause = false;
  @property({ type: Boolean }) canFlip = false;
  @property({ type: Boolean }) paused = false;
  @property({ type: Boolean }) panelOpen = false;
  @query('input') private readonly picker!: HTMLInputElement;

  override render(): TemplateResult {
    const pauseName = this.paused ? msg('Go on detecting') : msg('Pause detecting');
    return html`
      <input type="file" accept="image/*,video/*" hidden tabindex="-1" aria-hidden="true" @change=${this.#filesPicked} />
      ${this.#round(msg('Choose a photo or video'), pictureIcon, () => this.picker.click())}
      ${this.canPause
        ? this.#round(pauseName, this.paused ? playIcon : pauseIcon, () => this.#act('pause'))
        : this.#round(msg('Close'), closeIcon, () => this.#act('close'))}
      <button
        class="shutter"
        aria-label=${msg('Take a snapshot')}
        title=${msg('Take a snapshot')}
        ?disabled=${!this.canSnapshot}
        @click=${() => this.#act('snapshot')}
      ></button>
      ${this.canFlip
        ? this.#round(msg('Switch between front and back camera'), flipIcon, () => this.#act('flip'))
        : html`<span class="place" aria-hidden="true"></span>`}
      <button
        class="round options"
        aria-label=${msg('Detection options')}
        title=${msg('Detection options')}
        aria-expanded=${this.panelOpen ? 'true' : 'false'}
        @click=${() => this.#act('panel')}
      >
        ${slidersIcon}
      </button>
    `;
  }

  /** Gives the focus back to the button that opened the panel. */
  focusOptions(): void {
    this.renderRoot.querySelector<HTMLElement>('.options')?.focus();
  }

  #round(name: string, icon: SVGTemplateResult, act: () => void): TemplateResult {
    return html`<button class="round" aria-label=${name} title=${name} @click=${act}>${icon}</button>`;
  }

  #act(action: ControlAction): void {
    this.dispatchEvent(new CustomEvent<ControlAction>('control-action', { detail: action }));
  }

  readonly #filesPicked = (): void => {
    const files = [...(this.picker.files ?? [])];
    this.picker.value = '';
    if (files.length > 0) this.dispatchEvent(new CustomEvent<File[]>('files-picked', { detail: files }));
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'lintel-control-bar': LintelControlBar;
  }
}
