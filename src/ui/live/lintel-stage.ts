import { localized, msg } from '@lit/localize';
import { LitElement, css, html } from 'lit';
import type { TemplateResult } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { unitToView } from '../../geometry/index.ts';
import type { ObjectFit, Size } from '../../geometry/index.ts';
import type { FrameResult } from '../../pipeline/index.ts';
import { controls } from '../styles/controls.ts';
import { chooseFit } from './choose-fit.ts';
import { drawOverlay } from './draw-overlay.ts';
import { overlayTexts } from './overlay-texts.ts';

/** Space at the stage's edges, in CSS pixels, that controls cover: labels keep out of it. */
export interface StageInsets {
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly left: number;
}

const noInsets: StageInsets = { top: 0, right: 0, bottom: 0, left: 0 };
const edgePx = 6;

/** The picture, full-bleed, with the boxes over it. Draws when a result or a size arrives, and at no other time. */
@localized()
@customElement('lintel-stage')
export class LintelStage extends LitElement {
  static override styles = [
    controls,
    css`
      :host {
        position: relative;
        display: block;
        overflow: hidden;
        background: var(--ink);
      }
      .picture,
      .picture > *,
      .overlay {
        position: absolute;
        inset: 0;
        inline-size: 100%;
        block-size: 100%;
      }
      .picture > * {
        object-fit: contain;
      }
      .picture.cover > * {
        object-fit: cover;
      }
      .picture.mirrored > * {
        transform: scaleX(-1);
      }
      .overlay {
        pointer-events: none;
      }
    `,
  ];

  /** The element that shows the source: the session's video, or its canvas for a photo. */
  @property({ attribute: false }) picture: HTMLElement | null = null;
  @property({ attribute: false }) frameSize: Size | null = null;
  @property({ type: Boolean }) mirrored = false;
  /** Box the faces, not only draw their points. */
  @property({ type: Boolean }) faceBoxes = true;
  @property({ attribute: false }) insets: StageInsets = noInsets;
  @query('.overlay') private readonly canvas!: HTMLCanvasElement;

  #result: FrameResult | null = null;
  #view: Size | null = null;
  readonly #observer = new ResizeObserver(([entry]) => {
    if (entry) this.#resized(entry.contentRect);
  });

  override connectedCallback(): void {
    super.connectedCallback();
    this.#observer.observe(this);
  }

  override disconnectedCallback(): void {
    this.#observer.disconnect();
    super.disconnectedCallback();
  }

  override render(): TemplateResult {
    const classes = `picture ${this.#fit()} ${this.mirrored ? 'mirrored' : ''}`;
    return html`<div class=${classes}>${this.picture}</div>
      <canvas class="overlay" role="img" aria-label=${msg('Boxes and points of what was found')}></canvas>`;
  }

  override updated(): void {
    this.#draw();
  }

  /** Shows a result at once, without a render of the element. null clears the boxes. */
  show(result: FrameResult | null): void {
    this.#result = result;
    this.#draw();
  }

  #resized(rect: Size): void {
    this.#view = rect.width > 0 && rect.height > 0 ? { width: rect.width, height: rect.height } : null;
    this.requestUpdate();
  }

  #fit(): ObjectFit {
    return this.frameSize && this.#view ? chooseFit(this.frameSize, this.#view) : 'cover';
  }

  #draw(): void {
    const view = this.#view;
    const context = view && this.hasUpdated ? this.canvas.getContext('2d') : null;
    if (!view || !context) return;
    const ratio = globalThis.devicePixelRatio;
    const width = Math.round(view.width * ratio);
    const height = Math.round(view.height * ratio);
    if (this.canvas.width !== width || this.canvas.height !== height) {
      this.canvas.width = width;
      this.canvas.height = height;
    }
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, view.width, view.height);
    const result = this.#result;
    if (!result) return;
    const map = unitToView(result.size, view, this.#fit(), this.mirrored);
    const { top, right, bottom, left } = this.insets;
    const safe = { x1: left + edgePx, y1: top + edgePx, x2: view.width - right - edgePx, y2: view.height - bottom - edgePx };
    drawOverlay(context, result, map, { safe, fontPx: 16, pixelRatio: ratio, faceBoxes: this.faceBoxes, ...overlayTexts() });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lintel-stage': LintelStage;
  }
}
