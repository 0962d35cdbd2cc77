import { LitElement, css, html } from 'lit';
import type { TemplateResult } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import type { RgbaImage } from '../../faces/index.ts';
import { controls } from '../styles/controls.ts';
import { imageOf } from './face-shot.ts';

/** The aligned face of a shot, as others see it. */
@customElement('lintel-face-chip')
export class LintelFaceChip extends LitElement {
  static override styles = [
    controls,
    css`
      :host {
        display: inline-block;
        inline-size: 96px;
      }
      canvas {
        display: block;
        inline-size: 100%;
        aspect-ratio: 1;
        border: 1px solid var(--line);
        border-radius: var(--radius-m);
        background: var(--surface-2);
      }
    `,
  ];

  @property({ attribute: false }) chip: RgbaImage | null = null;
  /** What the picture is, for those who do not see it. */
  @property() label = '';
  @query('canvas') private readonly canvas!: HTMLCanvasElement;

  override render(): TemplateResult {
    return html`<canvas role="img" aria-label=${this.label} width=${this.chip?.width ?? 1} height=${this.chip?.height ?? 1}></canvas>`;
  }

  override updated(): void {
    if (this.chip) this.canvas.getContext('2d')?.putImageData(imageOf(this.chip), 0, 0);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lintel-face-chip': LintelFaceChip;
  }
}
