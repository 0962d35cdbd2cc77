import { localized, msg } from '@lit/localize';
import { LitElement, css, html, nothing, svg } from 'lit';
import type { TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { controls } from '../../styles/controls.ts';
import type { Guide } from './door-screen.ts';
import type { Tone } from './tone.ts';

const outlines = {
  face: 'M200 34c70 0 114 64 114 154 0 100-48 166-114 166S86 288 86 188C86 98 130 34 200 34z',
  card: 'M96 72h208a24 24 0 0 1 24 24v208a24 24 0 0 1-24 24H96a24 24 0 0 1-24-24V96a24 24 0 0 1 24-24z',
} as const satisfies Record<Exclude<Guide, 'none'>, string>;

/** The camera's picture in a calm frame, as a mirror shows it, with the oval for the face. The ring around it has the colour of the state. */
@localized()
@customElement('lintel-door-frame')
export class LintelDoorFrame extends LitElement {
  static override styles = [
    controls,
    css`
      :host {
        position: relative;
        display: grid;
        place-items: center;
        overflow: hidden;
        border: var(--frame, 8px) solid var(--tone-line);
        border-radius: 36px;
        background: #1a1f27;
        container-type: size;
        transition: border-color var(--calm) var(--ease);
      }
      .picture,
      .picture > * {
        position: absolute;
        inset: 0;
        inline-size: 100%;
        block-size: 100%;
        object-fit: cover;
        transform: scaleX(-1);
      }
      .picture > * {
        transform: none;
      }
      .veil {
        position: absolute;
        inset: 0;
        inline-size: 100%;
        block-size: 100%;
      }
      .veil .shade {
        fill: rgb(14 17 22 / 0.5);
      }
      .veil .line {
        fill: none;
        stroke: var(--tone-line);
        stroke-width: 5;
        vector-effect: non-scaling-stroke;
      }
      :host([tone='calm']) .veil .line {
        stroke-dasharray: 1 14;
        stroke-linecap: round;
        stroke: rgb(255 255 255 / 0.75);
      }
      @media (prefers-reduced-motion: no-preference) {
        :host([tone='calm']) .veil .line {
          animation: breathe 4.2s ease-in-out infinite;
        }
      }
      @keyframes breathe {
        50% {
          opacity: 0.35;
        }
      }
      @media (forced-colors: active) {
        :host {
          border-color: CanvasText;
        }
        .veil .line,
        :host([tone='calm']) .veil .line {
          stroke: CanvasText;
          stroke-width: 6;
        }
      }
    `,
  ];

  /** The element that plays the camera. */
  @property({ attribute: false }) picture: HTMLElement | null = null;
  @property({ reflect: true }) tone: Tone = 'calm';
  /** What is held where: a face in the oval, a card in the square. */
  @property({ attribute: false }) guide: Guide = 'none';

  override render(): TemplateResult {
    return html`<div class="picture" role="img" aria-label=${msg('Camera picture')}>${this.picture}</div>
      ${this.guide === 'none'
        ? nothing
        : svg`<svg class="veil" viewBox="0 0 400 400" aria-hidden="true" focusable="false">
            <path class="shade" fill-rule="evenodd" d=${`M-1200-1200h2800v2800h-2800z ${outlines[this.guide]}`} />
            <path class="line" d=${outlines[this.guide]} />
          </svg>`}`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lintel-door-frame': LintelDoorFrame;
  }
}
