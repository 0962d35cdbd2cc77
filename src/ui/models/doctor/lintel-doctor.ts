import { consume } from '@lit/context';
import { localized, msg } from '@lit/localize';
import { LitElement, css, html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { Size } from '../../../geometry/index.ts';
import type { ImportedModel, NamedBytes } from '../../../runtime/index.ts';
import type { Assumed, Corrections, ModelReport, Reading } from '../../../yolo/index.ts';
import { readingsOf } from '../../../yolo/index.ts';
import { sessionContext, shelfContext, workbenchContext } from '../../contexts.ts';
import { failureText } from '../../i18n/failure-texts.ts';
import { backIcon, warningIcon } from '../../icons/icons.ts';
import type { LiveSession } from '../../live/live-session.ts';
import { OneAtATime } from '../../live/one-at-a-time.ts';
import { controls } from '../../styles/controls.ts';
import { field } from '../../styles/field.ts';
import { pagePart } from '../../styles/page-part.ts';
import { page } from '../../styles/page.ts';
import type { GivenFile } from '../given-files.ts';
import { readGiven } from '../given-files.ts';
import type { ModelShelf } from '../model-shelf.ts';
import { keptFailureText } from '../model-texts.ts';
import { hasLivePicture, showLivePicture, showPhoto } from '../picture-source.ts';
import { drawTestPicture, testPictureSize } from '../test-picture.ts';
import type { Workbench } from '../workbench.ts';
import type { ExamineFailure } from './import-failure-texts.ts';
import { examineFailureText } from './import-failure-texts.ts';
import './lintel-findings.ts';
import type { LintelFindings } from './lintel-findings.ts';
import './lintel-readings.ts';
import './lintel-trial.ts';
import type { TrialState } from './lintel-trial.ts';
import type { ReadingSearch } from './reading-search.ts';
import { chosenByTrial, searchResult, statesReading } from './reading-search.ts';
import { mayBeMisread } from './trial-verdict.ts';

/**
 * The model doctor: says what the files of a person are, tries the model on a picture, lets every assumption be corrected,
 * and keeps the model when the person is content.
 *
 * @fires model-kept - detail: string, the id of the model
 */
@localized()
@customElement('lintel-doctor')
export class LintelDoctor extends LitElement {
  static override styles = [
    controls,
    page,
    pagePart,
    field,
    css`
      .title {
        flex: 1 1 240px;
      }
      .failure {
        padding: var(--gap-4);
      }
      .failure h2 {
        display: flex;
        gap: var(--gap-2);
        margin: 0;
        padding: 0;
        font-size: 1.125rem;
        color: var(--danger);
      }
      .failure p {
        margin-block-start: var(--gap-2);
        overflow-wrap: anywhere;
      }
      lintel-add-model {
        margin-block-start: var(--gap-4);
      }
      .wrong {
        margin-block: var(--gap-3);
      }
      .buttons {
        position: sticky;
        inset-block-end: 0;
        z-index: 1;
        display: flex;
        flex-wrap: wrap;
        gap: var(--gap-2);
        margin-block-start: var(--gap-5);
        padding-block: var(--gap-3) calc(var(--gap-3) + var(--inset-bottom));
        background: var(--surface-0);
        border-block-start: 1px solid var(--line);
      }
      .buttons p {
        flex: 1 1 100%;
      }
      .buttons .button {
        flex: 0 1 auto;
        padding-inline: 16px;
      }
      @media (max-width: 430px) {
        .buttons .button {
          flex: 1 1 0;
          padding-inline: 10px;
        }
      }
    `,
  ];

  @consume({ context: workbenchContext })
  @property({ attribute: false })
  workbench!: Workbench;

  @consume({ context: shelfContext })
  @property({ attribute: false })
  shelf!: ModelShelf;

  @consume({ context: sessionContext })
  @property({ attribute: false })
  session!: LiveSession;

  /** The files to examine. */
  @property({ attribute: false }) given: readonly GivenFile[] = [];

  @state() private report: ModelReport | null = null;
  @state() private failure: ExamineFailure | null = null;
  @state() private busy = true;
  /** What the person wants; `accepted` are the corrections of the report. */
  @state() private corrections: Corrections = {};
  @state() private accepted: Corrections = {};
  /** Which of the assumptions the trial made. */
  @state() private byTrialParts: ReadonlySet<Assumed['about']> = new Set();
  @state() private trial: TrialState = { phase: 'running' };
  @state() private pictureSize: Size = testPictureSize;
  @state() private search: ReadingSearch | null = null;
  /** The picture is the drawn one. */
  @state() private isDrawing = true;
  @state() private problem: string | null = null;
  @query('lintel-findings') private readonly findings!: LintelFindings | null;
  @query('.title') private readonly titleField!: HTMLInputElement | null;

  readonly #picture = document.createElement('canvas');
  #files: readonly NamedBytes[] = [];
  #searchEnd: AbortController | null = null;
  /** What the trial chose; its parts stay the trial's until the person changes them. */
  #byTrial: Reading | null = null;
  readonly #examining = new OneAtATime(() => this.#examine());
  readonly #trying = new OneAtATime(() => this.#try());
  readonly #searching = new OneAtATime(() => this.#search());

  override connectedCallback(): void {
    super.connectedCallback();
    drawTestPicture(this.#picture);
    void this.#open();
  }

  override disconnectedCallback(): void {
    void this.workbench.close();
    this.#endSearch();
    this.#files = [];
    super.disconnectedCallback();
  }

  override render(): TemplateResult {
    const { report } = this;
    return html`<a class="button back" href="/models">${backIcon}${msg('All models')}</a>
      <h1 tabindex="-1">${msg('Model doctor')}</h1>
      ${report ? this.#examined(report) : this.failure ? this.#failed(this.failure) : this.#waiting()}`;
  }

  /** For the answer, or, where the page was opened by its address, for files. */
  #waiting(): TemplateResult {
    if (this.given.length > 0) return html`<p role="status">${msg('Examining the files…')}</p>`;
    return html`<p class="hint">${msg('Bring the files of a model to begin. A page that is loaded again no longer has them.')}</p>
      <lintel-add-model @files-given=${this.#again}></lintel-add-model>`;
  }

  #examined(report: ModelReport): TemplateResult {
    return html`<label class="card row">
        <span class="text short"><span class="name">${msg('Name')}</span></span>
        <input class="field title" maxlength="80" .value=${report.model.card.title} />
      </label>
      <lintel-trial
        .picture=${this.#picture}
        .pictureSize=${this.pictureSize}
        .trial=${this.trial}
        .search=${this.search === null ? 'none' : this.search.phase === 'searching' ? 'searching' : 'over'}
        ?live=${hasLivePicture(this.session)}
        @photo-picked=${(event: CustomEvent<File>) => void this.#photo(event.detail)}
        @live-picture=${this.#live}
        @other-readings=${() => void this.#searching.request()}
      ></lintel-trial>
      ${this.search
        ? html`<lintel-readings .search=${this.search} .report=${report} ?drawing=${this.isDrawing} @reading-picked=${this.#readingPicked}></lintel-readings>`
        : nothing}
      ${this.failure ? html`<p class="badge bad wrong" role="alert">${warningIcon}<span>${this.#correctionText(this.failure)}</span></p>` : nothing}
      <lintel-findings
        .report=${report}
        .corrections=${this.accepted}
        .byTrial=${this.byTrialParts}
        @corrected=${this.#corrected}
      ></lintel-findings>
      <div class="buttons">
        ${this.problem === null ? nothing : html`<p class="badge bad" role="alert">${warningIcon}<span>${this.problem}</span></p>`}
        <button class="button primary" ?disabled=${this.busy || this.trial.phase !== 'done'} @click=${() => void this.#keep(report.model)}>
          ${msg('Keep this model')}
        </button>
        <a class="button" href="/models">${msg('Do not keep')}</a>
      </div>`;
  }

  #failed(failure: ExamineFailure): TemplateResult {
    const { title, text } = examineFailureText(failure);
    return html`<section class="card failure" role="alert">
        <h2>${warningIcon}<span>${title}</span></h2>
        <p>${text}</p>
        <p class="hint" lang="en">${failure.detail}</p>
      </section>
      <lintel-add-model @files-given=${this.#again}></lintel-add-model>`;
  }

  #correctionText(failure: ExamineFailure): string {
    const { title, text } = examineFailureText(failure);
    return `${title}. ${text} (${failure.detail})`;
  }

  async #open(): Promise<void> {
    if (this.given.length === 0) return;
    const read = await readGiven(this.given);
    if (!read.ok) {
      this.failure = read.failure;
      return;
    }
    this.#files = read.value;
    await this.#examining.request();
  }

  async #examine(): Promise<void> {
    this.busy = true;
    const wanted = this.corrections;
    const examined = await this.workbench.examine(this.#files, wanted);
    if (!this.isConnected) return;
    this.busy = false;
    this.failure = examined.ok ? null : examined.failure;
    if (examined.ok) {
      this.accepted = wanted;
      this.byTrialParts = chosenByTrial(this.#byTrial, wanted);
      this.report = examined.value;
      void this.#trying.request();
    } else if (wanted === this.corrections) {
      this.corrections = this.accepted;
      // A control that shows what was refused goes back.
      this.findings?.requestUpdate();
    }
  }

  async #try(): Promise<void> {
    const model = this.report?.model;
    if (!model || !this.isConnected) return;
    this.trial = { phase: 'running' };
    const frame = this.workbench.ledger.record(0, await createImageBitmap(this.#picture));
    const looked = await this.workbench.look({ task: model.card.task, imported: model }, frame, model.card.thresholds.score);
    this.trial = looked.ok ? { phase: 'done', result: looked.value } : { phase: 'failed', failure: looked.failure };
    if (looked.ok && mayBeMisread(looked.value) && !statesReading(this.corrections, this.#byTrial)) void this.#searching.request();
  }

  /** Tries every reading of the network on the picture, and takes the best over where the first is none. */
  async #search(): Promise<void> {
    const { report } = this;
    if (!report) return;
    const searching = (this.#searchEnd = new AbortController());
    const readings = readingsOf(report);
    this.search = { phase: 'searching', count: readings.length };
    const frame = this.workbench.ledger.record(0, await createImageBitmap(this.#picture));
    const outcomes = await this.workbench.tryReadings(report.model, readings, frame, searching.signal);
    if (searching.signal.aborted) return;
    const search = searchResult(readings, outcomes);
    this.search = search;
    if (search.phase !== 'done' || search.chosen === null || search.chosen === 0) return;
    const best = search.tried[search.chosen];
    if (best) this.#take(best.reading);
  }

  /** Another picture, or a choice of the person: what is being searched says nothing any more. */
  #endSearch(): void {
    this.#searchEnd?.abort();
    if (this.search?.phase === 'searching') this.search = null;
  }

  #take(reading: Reading): void {
    this.#byTrial = reading;
    this.corrections = { ...this.corrections, ...reading };
    void this.#examining.request();
  }

  readonly #readingPicked = (event: CustomEvent<Reading>): void => {
    this.#endSearch();
    this.#byTrial = null;
    this.corrections = { ...this.corrections, ...event.detail };
    void this.#examining.request();
  };

  readonly #corrected = (event: CustomEvent<Corrections>): void => {
    this.#endSearch();
    this.corrections = { ...this.corrections, ...event.detail };
    void this.#examining.request();
  };

  async #photo(file: File): Promise<void> {
    const shown = await showPhoto(file, this.workbench.ledger, this.#picture);
    if (shown.ok) this.#pictureChanged();
    else this.problem = failureText(shown.failure.code).title;
  }

  readonly #live = (): void => {
    showLivePicture(this.session, this.#picture);
    this.#pictureChanged();
  };

  #pictureChanged(): void {
    this.#endSearch();
    this.problem = null;
    this.isDrawing = false;
    this.search = null;
    this.pictureSize = { width: this.#picture.width, height: this.#picture.height };
    void this.#trying.request();
  }

  async #keep({ card, files }: ImportedModel): Promise<void> {
    this.busy = true;
    const title = this.titleField?.value.trim() ?? '';
    const kept = await this.shelf.keep({ card: title === '' ? card : { ...card, title }, files });
    this.busy = false;
    if (kept.ok) this.dispatchEvent(new CustomEvent<string>('model-kept', { detail: card.id }));
    else this.problem = keptFailureText(kept.failure);
  }

  readonly #again = (event: CustomEvent<readonly GivenFile[]>): void => {
    this.#endSearch();
    this.given = event.detail;
    this.failure = null;
    this.corrections = {};
    this.accepted = {};
    this.#byTrial = null;
    this.search = null;
    void this.#open();
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'lintel-doctor': LintelDoctor;
  }
}
