import { localized, msg } from '@lit/localize';
import { LitElement, css, html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import type { DetectorTask, TaskName } from '../../pipeline/index.ts';
import { formatPercent } from '../i18n/format.ts';
import { closeIcon, stopIcon } from '../icons/icons.ts';
import { controls } from '../styles/controls.ts';

/** What the panel shows and changes. */
export interface DetectionOptions {
  readonly tasks: readonly TaskName[];
  readonly minScore: Readonly<Record<DetectorTask, number>>;
  readonly spokenSummary: boolean;
  readonly mirror: boolean;
}

/**
 * What to look for, how sure to be, how to tell it.
 *
 * @fires options-change - detail: DetectionOptions, the whole new choice
 * @fires panel-close - the person closes the sheet
 * @fires source-stop - the person ends the camera, photo or video
 */
@localized()
@customElement('lintel-detection-panel')
export class LintelDetectionPanel extends LitElement {
  static override styles = [
    controls,
    css`
      :host {
        display: block;
        color: var(--text-1);
      }
      header {
        display: flex;
        align-items: center;
        justify-content: space-between;
        min-block-size: var(--target);
      }
      h2 {
        font-size: 1.125rem;
        letter-spacing: -0.01em;
      }
      .close {
        display: grid;
        place-items: center;
        inline-size: var(--target);
        block-size: var(--target);
        margin-inline-end: -12px;
        padding: 0;
        border: 0;
        border-radius: 50%;
        background: transparent;
        cursor: pointer;
      }
      /* On a wide screen the panel stands beside the picture and stays. */
      @media (min-width: 900px) and (min-height: 521px) {
        .close {
          display: none;
        }
      }
      fieldset {
        margin: 0;
        padding: var(--gap-2) 0;
        border: 0;
        border-block-end: 1px solid var(--line);
      }
      legend {
        padding: 0;
      }
      .switch {
        font-weight: 600;
      }
      .score {
        display: grid;
        grid-template-columns: 1fr auto;
        align-items: center;
        column-gap: var(--gap-3);
      }
      .score span {
        color: var(--text-2);
        font-size: 0.9375rem;
      }
      .score output {
        font-weight: 600;
      }
      .score input {
        grid-column: 1 / -1;
        block-size: 40px;
      }
      .hint {
        display: block;
        color: var(--text-2);
        font-size: 0.875rem;
        font-weight: 400;
      }
      .button {
        inline-size: 100%;
        margin-block-start: var(--gap-4);
      }
    `,
  ];

  @property({ attribute: false }) options: DetectionOptions | null = null;
  /** Offer the mirror switch: a camera is running. */
  @property({ type: Boolean }) camera = false;
  /** Name of what runs, for the button that ends it; null hides the button. */
  @property({ attribute: false }) stopName: string | null = null;

  override render(): TemplateResult | typeof nothing {
    const { options } = this;
    if (!options) return nothing;
    return html`
      <header>
        <h2 id="title">${msg('Look for')}</h2>
        <button class="close" aria-label=${msg('Close')} @click=${() => this.dispatchEvent(new CustomEvent('panel-close'))}>${closeIcon}</button>
      </header>
      ${this.#task(options, 'objects', msg('Objects'), msg('80 everyday things, people and animals'))}
      ${this.#task(options, 'faces', msg('Faces'), msg('Where faces are, never whose'))}
      <fieldset>
        ${this.camera ? this.#switch(msg('Mirror the picture'), null, options.mirror, (mirror) => this.#change({ ...options, mirror })) : nothing}
        ${this.#switch(msg('Spoken summary'), msg('For screen readers: tells what changes, calmly'), options.spokenSummary, (spokenSummary) =>
          this.#change({ ...options, spokenSummary }),
        )}
      </fieldset>
      ${this.stopName
        ? html`<button class="button" @click=${() => this.dispatchEvent(new CustomEvent('source-stop'))}>${stopIcon}${this.stopName}</button>`
        : nothing}
    `;
  }

  #task(options: DetectionOptions, task: DetectorTask, name: string, hint: string): TemplateResult {
    const on = options.tasks.includes(task);
    const toggle = (wanted: boolean): void => {
      const tasks = wanted ? [...options.tasks, task] : options.tasks.filter((other) => other !== task);
      this.#change({ ...options, tasks });
    };
    const score = options.minScore[task];
    const setScore = (event: Event): void => {
      const value = Number((event.target as HTMLInputElement).value);
      this.#change({ ...options, minScore: { ...options.minScore, [task]: value } });
    };
    return html`<fieldset>
      <legend class="visually-hidden">${name}</legend>
      ${this.#switch(name, hint, on, toggle, task)}
      <label class="score" ?hidden=${!on}>
        <span>${msg('Show when at least this sure')}</span>
        <output class="tabular">${formatPercent(score)}</output>
        <input
          type="range"
          name="${task}-score"
          min="0.05"
          max="0.95"
          step="0.05"
          aria-valuetext=${formatPercent(score)}
          .value=${live(String(score))}
          @input=${setScore}
        />
      </label>
    </fieldset>`;
  }

  #switch(name: string, hint: string | null, on: boolean, toggle: (on: boolean) => void, inputName = ''): TemplateResult {
    return html`<label class="switch">
      <span>${name}${hint ? html`<span class="hint">${hint}</span>` : nothing}</span>
      <input
        type="checkbox"
        role="switch"
        aria-checked=${on ? 'true' : 'false'}
        name=${inputName}
        .checked=${live(on)}
        @change=${(event: Event) => toggle((event.target as HTMLInputElement).checked)}
      />
    </label>`;
  }

  #change(options: DetectionOptions): void {
    this.dispatchEvent(new CustomEvent<DetectionOptions>('options-change', { detail: options }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lintel-detection-panel': LintelDetectionPanel;
  }
}
