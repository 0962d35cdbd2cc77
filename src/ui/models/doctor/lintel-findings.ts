import { localized, msg, str } from '@lit/localize';
import { LitElement, css, html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { ifDefined } from 'lit/directives/if-defined.js';
import { live } from 'lit/directives/live.js';
import type { Assumed, Corrections, HeadSpec, ModelReport } from '../../../yolo/index.ts';
import { formatBytes, formatInteger, formatPercent } from '../../i18n/format.ts';
import { currentLocale } from '../../i18n/localization.ts';
import { infoIcon, warningIcon } from '../../icons/icons.ts';
import { controls } from '../../styles/controls.ts';
import { disclosure } from '../../styles/disclosure.ts';
import { field } from '../../styles/field.ts';
import { pagePart } from '../../styles/page-part.ts';
import { page } from '../../styles/page.ts';
import { formatText, licenceText } from '../model-texts.ts';
import { assumptionText, headText, reasonText } from './head-texts.ts';
import type { HeadNumber } from './head-controls.ts';
import { headNumbers, numberOf, withNumber } from './head-controls.ts';
import type { HeadSwitch } from './head-variants.ts';
import { anchorsText, distinctGuesses, headSwitches, isSameReading, switchOf, turned, withAnchors } from './head-variants.ts';
import { colourText, fittingText, scalingText } from './preparation-texts.ts';
import { colourPatch, fittingOf, fittingPatch, fittings, scalingOf, scalingPatch, scalings } from './preparations.ts';

interface Choice {
  readonly value: string;
  readonly name: string;
}

/** Sides that YOLOs are exported with, for a network that takes any. */
const usualSidesPx = [320, 416, 512, 640, 960] as const;

/**
 * What the doctor found in the files and what it assumed, each assumption with a control that corrects it.
 *
 * @fires corrected - detail: Corrections, the change alone
 */
@localized()
@customElement('lintel-findings')
export class LintelFindings extends LitElement {
  static override styles = [
    controls,
    page,
    pagePart,
    field,
    disclosure,
    css`
      .assumed {
        display: inline-flex;
        align-items: center;
        gap: 4px;
        color: var(--accent-text);
        font-size: 0.9375rem;
      }
      .assumed svg {
        inline-size: 18px;
        block-size: 18px;
      }
      .row .select {
        flex: 1 1 200px;
        min-inline-size: 0;
        max-inline-size: 340px;
      }
      @media (max-width: 430px) {
        .row .select {
          max-inline-size: none;
        }
      }
      .number {
        inline-size: 110px;
        font-variant-numeric: tabular-nums;
      }
      textarea {
        flex: 1 1 100%;
        inline-size: 100%;
        min-block-size: 96px;
        resize: vertical;
      }
      details .row {
        border-block-start: 1px solid var(--line);
      }
      .wrong {
        flex: 1 1 100%;
      }
    `,
  ];

  @property({ attribute: false }) report!: ModelReport;
  /** What the person corrected so far: its controls stay. */
  @property({ attribute: false }) corrections: Corrections = {};
  /** What the trial on a picture chose in place of what was assumed first. */
  @property({ attribute: false }) byTrial: ReadonlySet<Assumed['about']> = new Set();
  @state() private wrong: 'anchors' | null = null;

  override render(): TemplateResult {
    const { report } = this;
    const { card } = report.model;
    const head = this.#head;
    return html`<h2>${msg('What was found')}</h2>
      <div class="card">
        ${this.#said(msg('Format'), formatText(card.format))}
        ${this.#said(msg('Size'), msg(str`${formatBytes(report.fileBytes)}; takes at least ${formatBytes(report.leastMemoryBytes)} of memory`))}
        ${this.#said(msg('Licence'), licenceText(card))}
        ${this.#task()} ${this.#size()} ${this.#layout()} ${this.#classes()}
      </div>
      <h2>${msg('How pictures are prepared')}</h2>
      <div class="card">${this.#colour()} ${this.#scaling()} ${this.#fit()}</div>
      <h2>${msg('How the outputs are read')}</h2>
      <div class="card">
        ${head ? this.#outputs(head) : nothing}
        <p class="row"><span class="hint">${this.#thresholds()}</span></p>
        ${this.#inside()}
      </div>`;
  }

  /** The card's head. The doctor wrote it, so it is one. */
  get #head(): HeadSpec | null {
    const { head } = this.report.model.card;
    return head.family === 'unread' ? null : (head as HeadSpec);
  }

  #said(name: string, value: string, about?: Assumed['about']): TemplateResult {
    return html`<div class="row"><span class="text short"><span class="name">${name}</span>${this.#mark(about)}</span><span class="value">${value}</span></div>`;
  }

  #task(): TemplateResult {
    const choices = [
      { value: 'objects', name: msg('Things') },
      { value: 'faces', name: msg('Faces') },
    ];
    return this.#select(msg('Looks for'), 'task', choices, this.report.model.card.task, (value) => ({ task: value === 'faces' ? 'faces' : 'objects' }));
  }

  #size(): TemplateResult {
    const { fixedPx, defaultPx } = this.report.model.card.input;
    const text = fixedPx ? `${formatInteger(fixedPx.width)} × ${formatInteger(fixedPx.height)} px` : `${formatInteger(defaultPx)} px`;
    if (!this.report.isFreeSize) return this.#said(msg('Input size'), text, 'size');
    const choices = usualSidesPx.map((side) => ({ value: String(side), name: `${side} × ${side} px` }));
    const now = fixedPx && fixedPx.width === fixedPx.height ? String(fixedPx.width) : '';
    return this.#select(msg('Input size'), 'size', [{ value: '', name: msg('Any size') }, ...choices], now, (value) =>
      value === '' ? null : { size: { width: Number(value), height: Number(value) } },
    );
  }

  #layout(): TemplateResult {
    const { layout } = this.report.model.card.input;
    const names = { NHWC: msg('Pixel by pixel (NHWC)'), NCHW: msg('Colour by colour (NCHW)') };
    if (!this.#isAssumed('layout') && !this.corrections.layout) return this.#said(msg('Order of the numbers'), names[layout]);
    const choices = Object.entries(names).map(([value, name]) => ({ value, name }));
    return this.#select(msg('Order of the numbers'), 'layout', choices, layout, (value) => ({ layout: value === 'NHWC' ? 'NHWC' : 'NCHW' }));
  }

  #colour(): TemplateResult {
    const { input } = this.report.model.card;
    const choices = (['rgb', 'bgr'] as const).map((value) => ({ value, name: colourText(value) }));
    return this.#select(msg('Order of colours'), 'colour', choices, input.colour, (value) => colourPatch(input, value === 'bgr' ? 'bgr' : 'rgb'));
  }

  #scaling(): TemplateResult {
    const { input } = this.report.model.card;
    const known = scalings.map((value) => ({ value, name: scalingText(value) }));
    return this.#select(msg('Range of the numbers'), 'scale', known, scalingOf(input) ?? '', (value) => {
      const scaling = scalings.find((each) => each === value);
      return scaling ? scalingPatch(scaling, input.colour) : null;
    });
  }

  #fit(): TemplateResult {
    const { input } = this.report.model.card;
    const choices = fittings.map((value) => ({ value, name: fittingText(value) }));
    return this.#select(msg('Fit into the input'), 'fit', choices, fittingOf(input) ?? '', (value) => {
      const fitting = fittings.find((each) => each === value);
      return fitting ? fittingPatch(fitting, input) : null;
    });
  }

  /** A .cfg states its head, and the network is built by it: there is nothing to choose. */
  #outputs(head: HeadSpec): TemplateResult {
    if (this.report.model.card.format === 'darknet') return this.#said(msg('Kind of detector'), msg(str`${headText(head)} (as the .cfg says)`));
    return html`${this.#reading(head)} ${this.#switches(head)} ${this.#numbers(head)} ${this.#anchors(head)}`;
  }

  #reading(head: HeadSpec): TemplateResult {
    const guesses = distinctGuesses(this.report.heads);
    const at = guesses.findIndex((guess) => isSameReading(guess.head, head));
    const guess = guesses[at];
    const hint = guess ? [reasonText(guess.why), guess.assumed.length > 0 ? msg(str`Assumed: ${listed(guess.assumed.map(assumptionText))}.`) : ''].join(' ') : null;
    const choices = guesses.map((each, i) => ({ value: String(i), name: `${headText(each.head)}${'classes' in each.head ? ` (${each.head.classes})` : ''}` }));
    return this.#select(
      msg('Kind of detector'),
      'head',
      choices,
      String(at),
      (value) => {
        const chosen = guesses[Number(value)];
        return chosen ? { head: chosen.head } : null;
      },
      hint,
    );
  }

  #switches(head: HeadSpec): readonly TemplateResult[] {
    const rows: Readonly<Record<HeadSwitch, { readonly name: string; readonly choices: Readonly<Record<string, string>> }>> = {
      coordinates: { name: msg('Unit of the boxes'), choices: { px: msg('Pixels of the input'), unit: msg('0 to 1 of the input') } },
      logistic: { name: msg('Scores'), choices: { applied: msg('Finished, 0 to 1'), needed: msg('Raw numbers') } },
      boxes: { name: msg('Form of the boxes'), choices: { centre: msg('Centre and size'), corners: msg('Two corners') } },
    };
    return (Object.keys(rows) as readonly HeadSwitch[]).flatMap((name) => {
      const now = switchOf(head, name);
      if (now === null) return [];
      const choices = headSwitches[name].map((value) => ({ value, name: rows[name].choices[value] ?? value }));
      return [this.#select(rows[name].name, undefined, choices, now, (value) => ({ head: turned(head, name, value) }))];
    });
  }

  #numbers(head: HeadSpec): readonly TemplateResult[] {
    const names: Readonly<Record<HeadNumber, string>> = {
      scaleXY: msg('How far a centre may leave its cell (scale_x_y)'),
      objectnessPower: msg('Power of the objectness in the score'),
      classPower: msg('Power of the class in the score'),
    };
    return (Object.keys(names) as readonly HeadNumber[]).flatMap((name) => {
      const now = numberOf(head, name);
      if (now === null) return [];
      const { least, most, step } = headNumbers[name];
      const changed = (event: Event): void => {
        const input = event.target as HTMLInputElement;
        const corrected = input.value === '' ? null : withNumber(head, name, input.valueAsNumber);
        if (corrected) this.#correct({ head: corrected });
        else input.value = String(now);
      };
      return [
        html`<label class="row">
          <span class="text"><span class="name">${names[name]}</span></span>
          <input class="field number" type="number" inputmode="decimal" min=${least} max=${most} step=${step} .value=${live(String(now))} @change=${changed} />
        </label>`,
      ];
    });
  }

  /** What is cut away unless the person says otherwise, and whose custom it is. */
  #thresholds(): string {
    const { score, iou } = this.report.model.card.thresholds;
    if (iou >= 1) return msg(str`Scores from ${formatPercent(score)} count; the network chooses its boxes itself. The slider of the live view sets the score.`);
    return msg(str`Scores from ${formatPercent(score)} count. Of boxes that overlap by more than ${formatPercent(iou)} the best stays, as is customary for this kind. The slider of the live view sets the score.`);
  }

  #anchors(head: HeadSpec): TemplateResult | typeof nothing {
    const text = anchorsText(head);
    if (text === null) return nothing;
    const changed = (event: Event): void => {
      const corrected = withAnchors(head, (event.target as HTMLTextAreaElement).value);
      this.wrong = corrected ? null : 'anchors';
      if (corrected) this.#correct({ head: corrected });
    };
    return html`<details>
      <summary>${msg('Anchors')}</summary>
      <label class="row">
        <span class="hint">${head.family === 'v2' ? msg('Width and height of each, in cells') : msg('Width and height of each in pixels, one line per grid')}</span>
        <textarea class="field" .value=${live(text)} spellcheck="false" @change=${changed}></textarea>
        ${this.wrong === 'anchors'
          ? html`<span class="badge bad wrong" role="alert">${warningIcon}${msg('That is not one pair of numbers for each anchor; nothing was changed.')}</span>`
          : nothing}
      </label>
    </details>`;
  }

  #classes(): TemplateResult {
    const { labels } = this.report.model.card;
    const few = labels.slice(0, 4).join(', ');
    const changed = (event: Event): void => {
      const names = (event.target as HTMLTextAreaElement).value.split('\n').map((line) => line.trim());
      while (names.at(-1) === '') names.pop();
      if (names.length > 0) this.#correct({ labels: names });
    };
    return html`${this.#said(msg('Classes'), `${formatInteger(labels.length)}: ${few}${labels.length > 4 ? '…' : ''}`, 'labels')}
      <details>
        <summary>${msg('Names of the classes')}</summary>
        <label class="row">
          <span class="hint">${msg('One name a line, in the order of the network’s classes')}</span>
          <textarea class="field" .value=${live(labels.join('\n'))} spellcheck="false" @change=${changed}></textarea>
        </label>
      </details>`;
  }

  #inside(): TemplateResult {
    const { inputName, outputs, operations, notes, model } = this.report;
    const shapes = outputs.map(({ name, shape }) => `${name} [${shape.join(', ')}]`).join('; ');
    const used = operations.slice(0, 12).map(({ name, count }) => `${name} × ${count}`).join(', ');
    return html`<details>
      <summary>${msg('What is in the file')}</summary>
      ${this.#said(msg('Input'), inputName)} ${this.#said(msg('Outputs'), shapes)}
      ${used === '' ? nothing : this.#said(msg('Operations'), operations.length > 12 ? `${used}…` : used)}
      ${notes.description === null ? nothing : this.#said(msg('It says'), notes.description)}
      ${notes.from.length === 0 ? nothing : this.#said(msg('Read from'), notes.from.join(', '))}
      ${this.#said(msg('Files'), model.card.files.map(({ path }) => path).join(', '))}
    </details>`;
  }

  #select(name: string, about: Assumed['about'] | undefined, choices: readonly Choice[], value: string, patch: (value: string) => Corrections | null, hint: string | null = null): TemplateResult {
    const picked = (event: Event): void => {
      const change = patch((event.target as HTMLSelectElement).value);
      if (change) this.#correct(change);
    };
    const isKnown = choices.some((choice) => choice.value === value);
    return html`<label class="row">
      <span class="text">
        <span class="name">${name}</span>
        <span id=${ifDefined(about && `about-${about}`)}>${this.#mark(about)}${hint === null ? nothing : html`<span class="hint">${hint}</span>`}</span>
      </span>
      <select class="select" aria-label=${name} aria-describedby=${ifDefined(about && `about-${about}`)} @change=${picked}>
        ${isKnown ? nothing : html`<option value="" .selected=${true}>${msg('Its own')}</option>`}
        ${choices.map((choice) => html`<option value=${choice.value} .selected=${live(choice.value === value)}>${choice.name}</option>`)}
      </select>
    </label>`;
  }

  #mark(about: Assumed['about'] | undefined): TemplateResult | typeof nothing {
    if (about && this.byTrial.has(about)) return html`<span class="assumed">${infoIcon}${msg('Chosen by the trial on the picture')}</span>`;
    const assumed = this.report.assumed.find((each) => each.about === about);
    return assumed ? html`<span class="assumed">${infoIcon}${becauseText(assumed.because)}</span>` : nothing;
  }

  #isAssumed(about: Assumed['about']): boolean {
    return this.report.assumed.some((each) => each.about === about);
  }

  #correct(detail: Corrections): void {
    this.dispatchEvent(new CustomEvent<Corrections>('corrected', { detail }));
  }
}

function listed(parts: readonly string[]): string {
  return new Intl.ListFormat(currentLocale(), { type: 'conjunction', style: 'narrow' }).format(parts);
}

function becauseText(because: Assumed['because']): string {
  switch (because) {
    case 'family-custom':
      return msg('Assumed: usual for this kind');
    case 'exporter-custom':
      return msg('Assumed: what its exporter does');
    case 'likeliest':
      return msg('Assumed: the likeliest reading');
    case 'numbered':
      return msg('No names found: numbered');
    case 'usual':
      return msg('Assumed: a common value');
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lintel-findings': LintelFindings;
  }
}
