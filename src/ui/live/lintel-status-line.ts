import { localized, msg, str } from '@lit/localize';
import { LitElement, css, html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { FrameResult, StreamRates } from '../../pipeline/index.ts';
import { formatMilliseconds, formatRate } from '../i18n/format.ts';
import { controls } from '../styles/controls.ts';

/** One line of truth about speed: rates, backend, input size. Its owner sets it at most twice a second. */
@localized()
@customElement('lintel-status-line')
export class LintelStatusLine extends LitElement {
  static override styles = [
    controls,
    css`
      :host {
        display: block;
        inline-size: fit-content;
        max-inline-size: 100%;
        padding: 7px 14px;
        border: 1px solid var(--glass-line);
        border-radius: var(--radius-m);
        background: var(--glass);
        color: var(--on-glass-2);
        font-size: 0.8125rem;
        line-height: 1.35;
        font-variant-numeric: tabular-nums;
        backdrop-filter: blur(14px);
      }
      p {
        display: flex;
        flex-wrap: wrap;
        column-gap: 12px;
      }
      strong {
        color: var(--on-glass);
        font-weight: 600;
      }
      .lead {
        color: var(--amber);
      }
    `,
  ];

  @property({ attribute: false }) result: FrameResult | null = null;
  @property({ attribute: false }) rates: StreamRates | null = null;
  @property({ attribute: false }) notes: readonly string[] = [];

  override render(): TemplateResult | typeof nothing {
    const { result, rates } = this;
    if (!result) return nothing;
    return html`<p>${rates ? this.#rates(rates) : html`<span>${msg(str`Looked at in ${formatMilliseconds(result.timings.totalMs)}`)}</span>`}</p>
      <p>
        <span>${backendName(result.backend)}</span>
        ${inputSizes(result).map((size) => html`<span>${size}</span>`)} ${this.notes.map((note) => html`<span>${note}</span>`)}
      </p>`;
  }

  #rates(rates: StreamRates): TemplateResult {
    const item = (name: string, perSecond: number, lead = false): TemplateResult =>
      html`<span>${name} <strong class=${lead ? 'lead' : ''}>${formatRate(perSecond)}</strong></span>`;
    return html`${item(msg('Camera'), rates.cameraFps)}${item(msg('Detected'), rates.inferenceFps, true)}${item(msg('Dropped'), rates.droppedFps)}<span
        aria-label=${msg('frames per second')}
        >fps</span
      >`;
  }
}

function backendName(backend: FrameResult['backend']): string {
  return { webgl: 'WebGL', wasm: 'WASM', cpu: 'CPU' }[backend];
}

function inputSizes(result: FrameResult): string[] {
  return [...new Set(result.runs.map(({ inputSize }) => `${inputSize.width}×${inputSize.height}`))];
}

declare global {
  interface HTMLElementTagNameMap {
    'lintel-status-line': LintelStatusLine;
  }
}
