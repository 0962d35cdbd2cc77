import { localized, msg, str } from '@lit/localize';
import { LitElement, css, html, nothing } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import type { Failure } from '../../../base/index.ts';
import type { Size } from '../../../geometry/index.ts';
import type { EngineFailureCode, FrameResult } from '../../../pipeline/index.ts';
import { formatMilliseconds } from '../../i18n/format.ts';
import { cameraIcon, checkIcon, pictureIcon, warningIcon } from '../../icons/icons.ts';
import { countClasses } from '../../live/count-classes.ts';
import { describeCounts } from '../../live/describe-counts.ts';
import '../../live/lintel-stage.ts';
import type { LintelStage } from '../../live/lintel-stage.ts';
import { controls } from '../../styles/controls.ts';
import { pagePart } from '../../styles/page-part.ts';
import { page } from '../../styles/page.ts';
import { examineFailureText } from './import-failure-texts.ts';
import { verdictOf } from './trial-verdict.ts';

export type TrialState =
  | { readonly phase: 'running' }
  | { readonly phase: 'done'; readonly result: FrameResult }
  | { readonly phase: 'failed'; readonly failure: Failure<EngineFailureCode> };

/**
 * The dry run of a model: the picture with the boxes, what they mean, and the choice of another picture.
 *
 * @fires photo-picked - detail: File
 * @fires live-picture - the picture of the live view is wanted
 * @fires other-readings - the network is to be read in every other way
 */
@localized()
@customElement('lintel-trial')
export class LintelTrial extends LitElement {
  static override styles = [
    controls,
    page,
    pagePart,
    css`
      .card {
        overflow: hidden;
      }
      lintel-stage {
        inline-size: 100%;
        max-block-size: 56dvh;
      }
      .verdict {
        padding: var(--gap-3) var(--gap-4) 0;
        min-block-size: 64px;
      }
      .badge svg {
        flex: none;
      }
      .hint {
        margin-block-start: var(--gap-1);
        overflow-wrap: anywhere;
      }
      .buttons {
        display: flex;
        flex-wrap: wrap;
        gap: var(--gap-2);
        padding: var(--gap-3) var(--gap-4) var(--gap-4);
      }
      .button {
        padding-inline: 16px;
      }
    `,
  ];

  @property({ attribute: false }) picture!: HTMLCanvasElement;
  @property({ attribute: false }) pictureSize!: Size;
  @property({ attribute: false }) trial: TrialState = { phase: 'running' };
  /** Whether the live view has a picture to offer. */
  @property({ type: Boolean }) live = false;
  /** Where the search for another reading is. */
  @property({ attribute: false }) search: 'none' | 'searching' | 'over' = 'none';
  @query('lintel-stage') private readonly stage!: LintelStage;
  @query('input') private readonly picker!: HTMLInputElement;

  override updated(changed: PropertyValues): void {
    // The whole picture is to be seen, in its own shape.
    this.stage.style.aspectRatio = `${this.pictureSize.width} / ${this.pictureSize.height}`;
    if (changed.has('trial')) this.stage.show(this.trial.phase === 'done' ? this.trial.result : null);
  }

  override render(): TemplateResult {
    return html`<h2>${msg('A trial on a picture')}</h2>
      <div class="card">
        <lintel-stage .picture=${this.picture} .frameSize=${this.pictureSize}></lintel-stage>
        <div class="verdict" role="status">${this.#verdict()}</div>
        <div class="buttons">
          <input type="file" accept="image/*" hidden tabindex="-1" aria-hidden="true" @change=${this.#picked} />
          <button class="button" @click=${() => this.picker.click()}>${pictureIcon}${msg('Try a photo of yours')}</button>
          ${this.live ? html`<button class="button" @click=${() => this.dispatchEvent(new CustomEvent('live-picture'))}>${cameraIcon}${msg('Try the live picture')}</button>` : nothing}
          ${this.trial.phase === 'done' && this.search !== 'searching'
            ? html`<button class="button" @click=${() => this.dispatchEvent(new CustomEvent('other-readings'))}>${msg('Try other readings')}</button>`
            : nothing}
        </div>
      </div>`;
  }

  #verdict(): TemplateResult {
    const { trial } = this;
    if (trial.phase === 'running') return html`<p class="badge">${msg('Running the model…')}</p>`;
    if (trial.phase === 'failed') {
      const { title, text } = examineFailureText(trial.failure);
      return bad(title, text, trial.failure.detail);
    }
    const { result } = trial;
    const [run] = result.runs;
    switch (verdictOf(result)) {
      case 'plausible':
        return html`<p class="badge good">${checkIcon}<span>${msg(str`It runs: ${formatMilliseconds(result.timings.totalMs)} for this picture.`)}</span></p>
          <p class="hint">${describeCounts(countClasses(result))}</p>
          <p class="hint">${msg('Look whether boxes and names are right. If they are shifted or wrong, correct what was assumed below.')}</p>`;
      case 'nothing':
        return html`<p class="badge">${warningIcon}<span>${msg(str`It runs (${formatMilliseconds(result.timings.totalMs)}), but found nothing here.`)}</span></p>
          ${this.search === 'none' ? html`<p class="hint">${msg('That can be right for this picture. Try a photo with something that the model knows; if it stays empty, correct what was assumed below.')}</p>` : nothing}`;
      case 'senseless':
        return bad(
          msg('Boxes that make no sense: the outputs are probably read in a wrong way'),
          this.search === 'none' ? msg('The model ran, but most of its boxes are too small, too large or outside of the picture. Choose another kind of detector or another unit below.') : null,
          null,
        );
      case 'everywhere':
        return bad(
          msg('Boxes everywhere: the outputs are probably read in a wrong way'),
          this.search === 'none' ? msg('The model ran, but so many boxes are no sensible answer. Choose another kind of detector, another unit or raw scores below.') : null,
          null,
        );
      case 'not-finite':
        return bad(
          msg('Its outputs are not finite numbers'),
          msg('The outputs hold NaN or infinity, so they were refused. Correct the range of the numbers below; a 16-bit export may not suit this backend.'),
          result.faults[0]?.failure.detail ?? null,
        );
      case 'threw': {
        const { title, text } = examineFailureText({ code: 'model-mismatch', detail: result.faults[0]?.failure.detail ?? '' });
        return bad(title, text, `${run ? `${run.inputSize.width}x${run.inputSize.height}: ` : ''}${result.faults[0]?.failure.detail ?? ''}`);
      }
    }
  }

  readonly #picked = (): void => {
    const [file] = this.picker.files ?? [];
    this.picker.value = '';
    if (file) this.dispatchEvent(new CustomEvent<File>('photo-picked', { detail: file }));
  };
}

function bad(title: string, text: string | null, detail: string | null): TemplateResult {
  return html`<p class="badge bad">${warningIcon}<span>${title}</span></p>
    ${text === null ? nothing : html`<p class="hint">${text}</p>`}
    ${detail === null ? nothing : html`<p class="hint" lang="en">${detail}</p>`}`;
}

declare global {
  interface HTMLElementTagNameMap {
    'lintel-trial': LintelTrial;
  }
}
