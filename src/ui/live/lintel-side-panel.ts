import { localized, msg } from '@lit/localize';
import { LitElement, css, html } from 'lit';
import type { TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { TaskName } from '../../pipeline/index.ts';
import { closeIcon } from '../icons/icons.ts';
import { controls } from '../styles/controls.ts';
import { sheetHeader } from '../styles/sheet-header.ts';
import type { SeenFacts } from './facts/calm-facts.ts';
import type { DetectionOptions } from './lintel-detection-panel.ts';
import './lintel-detection-panel.ts';
import './lintel-facts.ts';

type Tab = 'options' | 'facts';

/**
 * Beside the picture, or a sheet over its foot: what to look for; and, as soon as points are looked for, what they say.
 *
 * @fires panel-close - the person closes the sheet
 */
@localized()
@customElement('lintel-side-panel')
export class LintelSidePanel extends LitElement {
  static override styles = [
    controls,
    sheetHeader,
    css`
      :host {
        display: block;
      }
      header {
        position: sticky;
        inset-block-start: 0;
        z-index: 1;
        background: var(--surface-1);
      }
      .tabs {
        display: flex;
        flex: 1;
        padding: 3px;
        border-radius: 999px;
        background: var(--surface-2);
      }
      .tabs button {
        flex: 1;
        min-block-size: var(--target);
        padding: 0 var(--gap-3);
        border: 0;
        border-radius: 999px;
        background: transparent;
        color: var(--text-2);
        font-weight: 600;
        cursor: pointer;
      }
      .tabs button[aria-selected='true'] {
        background: var(--surface-1);
        color: var(--text-1);
        box-shadow: 0 1px 3px rgb(0 0 0 / 0.18);
      }
      @media (forced-colors: active) {
        .tabs button[aria-selected='true'] {
          outline: 2px solid Highlight;
        }
      }
      /* On a wide screen the panel stands beside the picture and stays. */
      @media (min-width: 900px) and (min-height: 521px) {
        .close {
          display: none;
        }
      }
    `,
  ];

  @property({ attribute: false }) options: DetectionOptions | null = null;
  @property({ attribute: false }) preparing: readonly TaskName[] = [];
  @property({ type: Boolean }) camera = false;
  @property({ attribute: false }) stopName: string | null = null;
  @property({ attribute: false }) facts: SeenFacts = { faces: [], bodies: [] };
  /** What shows; reflected, so that a sheet can leave the picture free while people read what is seen in it. */
  @property({ reflect: true }) shows: Tab = 'options';

  override willUpdate(): void {
    if (!this.#withPoints()) this.shows = 'options';
  }

  override render(): TemplateResult {
    const withPoints = this.#withPoints();
    const tab = this.shows;
    return html`
      <header>
        ${withPoints ? this.#tabs() : html`<h2>${msg('Look for')}</h2>`}
        <button class="close" aria-label=${msg('Close')} @click=${() => this.dispatchEvent(new CustomEvent('panel-close'))}>${closeIcon}</button>
      </header>
      ${withPoints ? html`<div id="shown" role="tabpanel" aria-labelledby=${tab}>${this.#content(tab)}</div>` : this.#content(tab)}
    `;
  }

  #withPoints(): boolean {
    return this.options?.tasks.some((task) => task !== 'objects' && task !== 'faces') ?? false;
  }

  #content(tab: Tab): TemplateResult {
    if (tab === 'facts') return html`<lintel-facts .facts=${this.facts}></lintel-facts>`;
    return html`<lintel-detection-panel
      .options=${this.options}
      .preparing=${this.preparing}
      .camera=${this.camera}
      .stopName=${this.stopName}
    ></lintel-detection-panel>`;
  }

  #tabs(): TemplateResult {
    const one = (tab: Tab, name: string): TemplateResult => html`<button
      id=${tab}
      role="tab"
      aria-controls="shown"
      aria-selected=${this.shows === tab ? 'true' : 'false'}
      tabindex=${this.shows === tab ? 0 : -1}
      @click=${() => (this.shows = tab)}
    >
      ${name}
    </button>`;
    return html`<div class="tabs" role="tablist" @keydown=${this.#keyPressed}>${one('options', msg('Look for'))}${one('facts', msg('What is seen'))}</div>`;
  }

  /** Arrows go from tab to tab, as the pattern of tabs has it; of two, each is the other's neighbour on both sides. */
  readonly #keyPressed = (event: KeyboardEvent): void => {
    if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
    event.preventDefault();
    this.shows = this.shows === 'options' ? 'facts' : 'options';
    this.renderRoot.querySelector<HTMLElement>(`#${this.shows}`)?.focus();
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'lintel-side-panel': LintelSidePanel;
  }
}
