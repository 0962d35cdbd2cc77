import { localized, msg, str } from '@lit/localize';
import { LitElement, css, html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { ModelReport, Reading } from '../../../yolo/index.ts';
import { mostCounted } from '../../../yolo/index.ts';
import { formatInteger } from '../../i18n/format.ts';
import { checkIcon, infoIcon, warningIcon } from '../../icons/icons.ts';
import { controls } from '../../styles/controls.ts';
import { disclosure } from '../../styles/disclosure.ts';
import { pagePart } from '../../styles/page-part.ts';
import { page } from '../../styles/page.ts';
import { headSummary } from './head-texts.ts';
import { examineFailureText } from './import-failure-texts.ts';
import { preparationText } from './preparation-texts.ts';
import type { ReadingSearch, TriedReading } from './reading-search.ts';
import { isReadAs } from './reading-search.ts';

/**
 * The search for another reading of the outputs: what was tried on the picture, what each found, which one was taken and
 * why, and the choice of another.
 *
 * @fires reading-picked - detail: Reading
 */
@localized()
@customElement('lintel-readings')
export class LintelReadings extends LitElement {
  static override styles = [
    controls,
    page,
    pagePart,
    disclosure,
    css`
      :host {
        margin-block-start: var(--gap-3);
      }
      .said {
        padding: var(--gap-3) var(--gap-4);
      }
      .badge {
        color: var(--text-1);
        font-weight: 500;
      }
      .badge svg {
        color: var(--accent-text);
      }
      .badge.bad,
      .badge.bad svg {
        color: var(--danger);
      }
      .hint {
        margin-block-start: var(--gap-1);
        overflow-wrap: anywhere;
      }
      .button {
        padding-inline: 16px;
      }
      details .row {
        border-block-start: 1px solid var(--line);
      }
    `,
  ];

  @property({ attribute: false }) search!: ReadingSearch;
  @property({ attribute: false }) report!: ModelReport;
  /** Whether the picture is the drawn one, which few networks were trained for. */
  @property({ type: Boolean }) drawing = false;

  override render(): TemplateResult {
    const { search } = this;
    return html`<section class="card">
      <div class="said" role="status">${this.#said()}</div>
      ${search.phase === 'done' ? this.#tried(search.tried) : nothing}
    </section>`;
  }

  #said(): TemplateResult {
    const { search } = this;
    switch (search.phase) {
      case 'searching':
        return html`<p class="badge">${infoIcon}<span>${msg(str`Trying ${formatInteger(search.count)} ways to read this network on the picture…`)}</span></p>`;
      case 'failed': {
        const { title, text } = examineFailureText(search.failure);
        return said(true, msg('Other readings could not be tried'), `${title}. ${text}`);
      }
      case 'done': {
        const chosen = search.chosen === null ? undefined : search.tried[search.chosen];
        if (!chosen) return this.#none(search.tried.length);
        if (search.chosen === 0) return said(false, msg('No other reading does better on this picture'), msg(str`Tried: ${formatInteger(search.tried.length)}.`));
        return this.#found(chosen, search.tried.length);
      }
    }
  }

  #found({ reading }: TriedReading, count: number): TemplateResult {
    return html`<p class="badge">${checkIcon}<span>${msg(str`Chosen by the trial: ${headSummary(reading.head)}`)}</span></p>
      <p class="hint">${preparationText(reading)}</p>
      <p class="hint">
        ${msg(str`The likeliest reading gave no sensible answer on this picture, so ${formatInteger(count)} were tried. This one finds the same things again when the picture is mirrored and made smaller. Compare the boxes with the picture; you can take another reading.`)}
      </p>`;
  }

  #none(count: number): TemplateResult {
    if (this.report.model.card.format === 'darknet') {
      return said(
        true,
        msg('These weights do not seem to fit this .cfg'),
        msg(str`A .cfg says itself how its outputs are read; ${formatInteger(count)} ways to prepare the picture were tried, and none gives boxes that make sense. Try a photo with something that the model knows. If it stays so, bring the .weights that were trained with this .cfg.`),
      );
    }
    return said(
      true,
      this.drawing ? msg('No reading of the outputs gives boxes on this drawing') : msg('No reading of the outputs gives boxes on this photo'),
      msg(str`Readings tried: ${formatInteger(count)}. Try a photo with something that the model knows. If it stays so, these may be no outputs of a detector, or the weights may be unfinished: ask whoever made the model how its outputs are read, or export it again.`),
    );
  }

  #tried(tried: readonly TriedReading[]): TemplateResult {
    return html`<details>
      <summary>${msg('What was tried')}</summary>
      <ul>
        ${[...tried].sort((a, b) => b.plausibility - a.plausibility).map((each) => this.#row(each))}
      </ul>
    </details>`;
  }

  #row({ reading, boxes, plausibility }: TriedReading): TemplateResult {
    const name = headSummary(reading.head);
    return html`<li class="row">
      <span class="text">
        <span class="name">${name}</span>
        <span class="hint">${preparationText(reading)}</span>
        <span class="hint">${outcomeText(boxes, plausibility)}</span>
      </span>
      ${isReadAs(this.report, reading)
        ? html`<span class="badge">${checkIcon}${msg('In use')}</span>`
        : html`<button class="button" aria-label=${`${msg('Take this one')}: ${name}, ${preparationText(reading)}`} @click=${() => this.#pick(reading)}>${msg('Take this one')}</button>`}
    </li>`;
  }

  #pick(detail: Reading): void {
    this.dispatchEvent(new CustomEvent<Reading>('reading-picked', { detail }));
  }
}

function said(isBad: boolean, title: string, text: string): TemplateResult {
  return html`<p class="badge ${isBad ? 'bad' : ''}">${isBad ? warningIcon : infoIcon}<span>${title}</span></p>
    <p class="hint">${text}</p>`;
}

function outcomeText(boxes: number | null, plausibility: number): string {
  if (boxes === null) return msg('Numbers that are not finite');
  if (boxes === 0) return msg('No boxes');
  if (boxes >= mostCounted) return msg('Boxes everywhere');
  const count = boxes === 1 ? msg('One box') : msg(str`${formatInteger(boxes)} boxes`);
  return plausibility > 0 ? count : msg(str`${count}, none that makes sense`);
}

declare global {
  interface HTMLElementTagNameMap {
    'lintel-readings': LintelReadings;
  }
}
