import { localized, msg, str } from '@lit/localize';
import { LitElement, css, html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { FrameResult, StreamRates, TaskRun } from '../../pipeline/index.ts';
import { formatMilliseconds, formatRate } from '../i18n/format.ts';
import { controls } from '../styles/controls.ts';
import type { LastLook } from './live-state.ts';
import { shortTaskName } from './task-texts.ts';

/** Truth about speed in a few short lines: rates, backend, input size, how often each task ran. Its owner sets it at most twice a second. */
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
      @media (max-width: 420px) {
        p {
          column-gap: 9px;
        }
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

  @property({ attribute: false }) look: LastLook | null = null;
  @property({ attribute: false }) notes: readonly string[] = [];

  override render(): TemplateResult | typeof nothing {
    const { result, rates, runs } = this.look ?? {};
    if (!result || !runs) return nothing;
    return html`<p>${rates ? this.#rates(rates) : html`<span>${msg(str`Looked at in ${formatMilliseconds(result.timings.totalMs)}`)}</span>`}</p>
      <p>
        <span>${backendName(result.backend)}</span>
        ${inputSizes(runs).map((size) => html`<span>${size}</span>`)} ${this.notes.map((note) => html`<span>${note}</span>`)}
      </p>
      ${rates && runs.length > 1 ? this.#tasks(runs, rates) : nothing}`;
  }

  /** Tasks take turns: how often each of them really ran. */
  #tasks(runs: readonly TaskRun[], { taskFps }: StreamRates): TemplateResult {
    return html`<p class="tasks">
      ${runs.map(({ task }) => html`<span data-task=${task}>${shortTaskName(task)} <strong>${formatRate(taskFps[task] ?? 0)}</strong></span>`)}
      <span aria-label=${msg('times per second')}>/s</span>
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

/** Of the detectors, whose sizes adapt; networks of points have one size each. */
function inputSizes(runs: readonly TaskRun[]): string[] {
  const detectors = runs.filter(({ task }) => task === 'objects' || task === 'faces');
  return [...new Set(detectors.map(({ inputSize }) => `${inputSize.width}×${inputSize.height}`))];
}

declare global {
  interface HTMLElementTagNameMap {
    'lintel-status-line': LintelStatusLine;
  }
}
