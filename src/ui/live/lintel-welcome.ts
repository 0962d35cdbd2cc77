import { localized, msg } from '@lit/localize';
import { LitElement, css, html } from 'lit';
import type { TemplateResult } from 'lit';
import { customElement, query } from 'lit/decorators.js';
import { brandMark } from '../icons/brand.ts';
import { cameraIcon, gearIcon, lockIcon, offlineIcon, pictureIcon } from '../icons/icons.ts';
import { controls } from '../styles/controls.ts';

/**
 * The screen before the camera: what it is for, what stays here, what happens on "no".
 *
 * @fires camera-start - the tap that may ask for the camera
 * @fires files-picked - detail: File[]
 */
@localized()
@customElement('lintel-welcome')
export class LintelWelcome extends LitElement {
  static override styles = [
    controls,
    css`
      :host {
        display: grid;
        min-block-size: 100%;
        padding: calc(var(--gap-5) + var(--inset-top)) max(var(--gap-5), var(--inset-right)) calc(var(--gap-5) + var(--inset-bottom))
          max(var(--gap-5), var(--inset-left));
        overflow: auto;
        background: radial-gradient(120% 70% at 85% -10%, rgb(245 184 61 / 0.16), transparent 60%), var(--ink);
        color: #f3f1ec;
        --focus: #ffffff;
        --focus-gap: #0e1116;
        --text-1: #f3f1ec;
        --text-2: #b9bfc9;
        --line-strong: #7d8694;
        --surface-2: #232932;
      }
      .inner {
        display: grid;
        grid-template-rows: auto 1fr auto;
        gap: var(--gap-5);
        inline-size: 100%;
        max-inline-size: 480px;
        margin-inline: auto;
      }
      .brand {
        display: flex;
        align-items: center;
        gap: 10px;
        min-block-size: var(--target);
        font-weight: 650;
        font-size: 1.125rem;
      }
      .brand svg {
        inline-size: 28px;
        block-size: 28px;
      }
      .gear {
        display: grid;
        place-items: center;
        inline-size: var(--target);
        block-size: var(--target);
        margin-inline: auto -12px;
        border-radius: 50%;
        color: var(--text-2);
      }
      .gear svg {
        inline-size: 24px;
        block-size: 24px;
      }
      .text {
        align-self: center;
      }
      h1 {
        font-size: clamp(2.125rem, 1.4rem + 3.8vw, 3.25rem);
        line-height: 1.06;
        letter-spacing: -0.03em;
        font-weight: 700;
        text-wrap: balance;
        outline: none;
      }
      .lead {
        margin-block-start: var(--gap-4);
        color: var(--text-2);
        font-size: 1.125rem;
        line-height: 1.5;
        text-wrap: pretty;
      }
      ul {
        display: grid;
        gap: var(--gap-3);
        margin-block-start: var(--gap-5);
        color: var(--text-2);
      }
      li {
        display: grid;
        grid-template-columns: 24px 1fr;
        gap: var(--gap-3);
        line-height: 1.45;
      }
      li svg {
        color: var(--amber);
      }
      .actions {
        display: grid;
        gap: var(--gap-3);
      }
      .button {
        min-block-size: 56px;
        padding-inline: var(--gap-4);
        font-size: 1.0625rem;
      }
      .drop {
        color: var(--text-2);
        font-size: 0.9375rem;
        text-align: center;
      }
      @media (pointer: coarse) {
        .drop {
          display: none;
        }
      }
      @media (max-width: 359px), (max-height: 700px) {
        :host {
          padding-block: calc(var(--gap-3) + var(--inset-top)) calc(var(--gap-3) + var(--inset-bottom));
        }
        .inner {
          gap: var(--gap-4);
        }
        .lead {
          margin-block-start: var(--gap-2);
          font-size: 1rem;
        }
        ul {
          gap: var(--gap-2);
          margin-block-start: var(--gap-4);
          font-size: 0.9375rem;
        }
        .button {
          min-block-size: 52px;
          font-size: 1rem;
        }
      }
      @media (orientation: landscape) and (max-height: 520px) {
        .inner {
          grid-template: auto 1fr / 1.3fr 1fr;
          column-gap: var(--gap-6);
          max-inline-size: 820px;
        }
        .brand {
          grid-column: 1 / -1;
        }
        h1 {
          font-size: 1.875rem;
        }
        .lead {
          margin-block-start: var(--gap-2);
          font-size: 1rem;
        }
        ul {
          gap: var(--gap-2);
          margin-block-start: var(--gap-3);
          font-size: 0.9375rem;
        }
        .actions {
          align-self: center;
        }
      }
      @media (min-width: 900px) and (min-height: 521px) {
        .inner {
          grid-template-rows: auto auto auto;
          align-content: center;
        }
        .actions {
          grid-template-columns: auto auto;
          justify-content: start;
        }
        .button {
          padding-inline: 28px;
        }
        .drop {
          grid-column: 1 / -1;
          text-align: start;
        }
        .inner {
          max-inline-size: 600px;
        }
      }
    `,
  ];

  @query('input') private readonly picker!: HTMLInputElement;

  override render(): TemplateResult {
    return html`<div class="inner">
      <div class="brand">${brandMark}<span>Lintel</span><a class="gear" href="/settings" aria-label=${msg('Settings')} title=${msg('Settings')}>${gearIcon}</a></div>
      <div class="text">
        <h1 tabindex="-1">${msg('See what your camera sees')}</h1>
        <p class="lead">${msg('Point it at a scene. Things and faces get a box and a name, live.')}</p>
        <ul>
          <li>${lockIcon}<span>${msg('No picture ever leaves this device. Nothing is recorded unless you take a snapshot.')}</span></li>
          <li>${offlineIcon}<span>${msg('Works without a network once it is installed.')}</span></li>
          <li>${cameraIcon}<span>${msg('Your browser asks for the camera next. If you say no, photos and videos still work.')}</span></li>
        </ul>
      </div>
      <div class="actions">
        <button class="button primary" @click=${() => this.dispatchEvent(new CustomEvent('camera-start'))}>
          ${cameraIcon}${msg('Start the camera')}
        </button>
        <input type="file" accept="image/*,video/*" hidden tabindex="-1" aria-hidden="true" @change=${this.#picked} />
        <button class="button" @click=${() => this.picker.click()}>${pictureIcon}${msg('Choose a photo or video')}</button>
        <p class="drop">${msg('Or drop one here, or paste it.')}</p>
      </div>
    </div>`;
  }

  readonly #picked = (): void => {
    const files = [...(this.picker.files ?? [])];
    this.picker.value = '';
    if (files.length > 0) this.dispatchEvent(new CustomEvent<File[]>('files-picked', { detail: files }));
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'lintel-welcome': LintelWelcome;
  }
}
