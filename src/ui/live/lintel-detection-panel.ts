import { localized, msg } from '@lit/localize';
import { LitElement, css, html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import type { DetectorTask, TaskName } from '../../pipeline/index.ts';
import { formatPercent } from '../i18n/format.ts';
import { stopIcon } from '../icons/icons.ts';
import { controls } from '../styles/controls.ts';
import { taskHint, taskName, taskOrder } from './task-texts.ts';

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
 * @fires options-change - bubbling, composed; detail: DetectionOptions, the whole new choice
 * @fires source-stop - bubbling, composed: the person ends the camera, photo or video
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
      fieldset {
        margin: 0;
        padding: var(--gap-2) 0;
        border: 0;
        border-block-end: 1px solid var(--line);
      }
      legend {
        padding: var(--gap-3) 0 0;
        color: var(--text-2);
        font-size: 0.875rem;
        font-weight: 600;
      }
      .switch {
        padding-block: 5px;
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
      .preparing {
        appearance: none;
        inline-size: 120px;
        block-size: 4px;
        margin-block: 6px 2px;
        border: 0;
        border-radius: 2px;
        background: linear-gradient(90deg, var(--line) 30%, var(--accent) 50%, var(--line) 70%) 0 / 300% 100%;
        animation: pass 1.4s linear infinite;
      }
      .preparing::-webkit-progress-bar {
        background: transparent;
      }
      .preparing::-moz-progress-bar {
        background: transparent;
      }
      @keyframes pass {
        from {
          background-position: 100% 0;
        }
        to {
          background-position: 0 0;
        }
      }
      @media (prefers-reduced-motion: reduce) {
        .preparing {
          animation: none;
        }
      }
      .button {
        inline-size: 100%;
        margin-block-start: var(--gap-4);
      }
    `,
  ];

  @property({ attribute: false }) options: DetectionOptions | null = null;
  /** Tasks that were switched on and have to wait for their models. */
  @property({ attribute: false }) preparing: readonly TaskName[] = [];
  /** Offer the mirror switch: a camera is running. */
  @property({ type: Boolean }) camera = false;
  /** Name of what runs, for the button that ends it; null hides the button. */
  @property({ attribute: false }) stopName: string | null = null;

  override render(): TemplateResult | typeof nothing {
    const { options } = this;
    if (!options) return nothing;
    return html`
      <fieldset>
        <legend>${msg('In the picture')}</legend>
        ${this.#detector(options, 'objects')}${this.#detector(options, 'faces')}
      </fieldset>
      <fieldset>
        <legend>${msg('Points of faces and bodies')}</legend>
        ${(['landmarks', 'mesh', 'pose'] as const).map((task) => this.#task(options, task))}
      </fieldset>
      <fieldset>
        <legend class="visually-hidden">${msg('View')}</legend>
        ${this.camera ? this.#switch(msg('Mirror the picture'), null, options.mirror, (mirror) => this.#change({ ...options, mirror })) : nothing}
        ${this.#switch(msg('Spoken summary'), html`${msg('For screen readers: tells what changes, calmly')}`, options.spokenSummary, (spokenSummary) =>
          this.#change({ ...options, spokenSummary }),
        )}
      </fieldset>
      ${this.stopName ? html`<button class="button" @click=${() => this.#tell('source-stop')}>${stopIcon}${this.stopName}</button>` : nothing}
    `;
  }

  #task(options: DetectionOptions, task: TaskName): TemplateResult {
    const toggle = (wanted: boolean): void => {
      const tasks = taskOrder.filter((other) => (other === task ? wanted : options.tasks.includes(other)));
      this.#change({ ...options, tasks });
    };
    const hint = this.preparing.includes(task)
      ? html`${msg('Getting its model ready…')}<progress class="preparing" aria-label=${taskName(task)}></progress>`
      : html`${taskHint(task)}`;
    return this.#switch(taskName(task), hint, options.tasks.includes(task), toggle, task);
  }

  #detector(options: DetectionOptions, task: DetectorTask): TemplateResult {
    const score = options.minScore[task];
    const setScore = (event: Event): void => {
      const value = Number((event.target as HTMLInputElement).value);
      this.#change({ ...options, minScore: { ...options.minScore, [task]: value } });
    };
    return html`${this.#task(options, task)}
      <label class="score" ?hidden=${!options.tasks.includes(task)}>
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
      </label>`;
  }

  #switch(name: string, hint: TemplateResult | null, on: boolean, toggle: (on: boolean) => void, inputName = ''): TemplateResult {
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
    this.#tell('options-change', options);
  }

  #tell(type: string, detail: DetectionOptions | null = null): void {
    this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lintel-detection-panel': LintelDetectionPanel;
  }
}
