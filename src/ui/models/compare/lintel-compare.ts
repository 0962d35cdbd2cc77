import { consume } from '@lit/context';
import { localized, msg, str } from '@lit/localize';
import { LitElement, html, nothing } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import { customElement, property, query, queryAll, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import type { Size } from '../../../geometry/index.ts';
import type { FrameResult } from '../../../pipeline/index.ts';
import { sessionContext, shelfContext, workbenchContext } from '../../contexts.ts';
import { formatInteger, formatMilliseconds, formatPercent, formatRate } from '../../i18n/format.ts';
import { backIcon, cameraIcon, folderIcon, pictureIcon, playIcon, stopIcon, warningIcon } from '../../icons/icons.ts';
import '../../live/lintel-stage.ts';
import type { LintelStage } from '../../live/lintel-stage.ts';
import type { LiveSession } from '../../live/live-session.ts';
import type { LiveState } from '../../live/live-state.ts';
import { controls } from '../../styles/controls.ts';
import { pagePart } from '../../styles/page-part.ts';
import { page } from '../../styles/page.ts';
import type { GivenFile } from '../given-files.ts';
import { filesOfDrop, filesOfInput } from '../given-files.ts';
import type { ModelShelf, ShelfModel } from '../model-shelf.ts';
import { hasLivePicture, liveStream, showLivePicture } from '../picture-source.ts';
import { drawTestPicture, testPictureSize } from '../test-picture.ts';
import type { Workbench } from '../workbench.ts';
import type { CompareState } from './comparison.ts';
import { Comparison } from './comparison.ts';
import { compareFailureText } from './compare-failure-text.ts';
import { meanBoxes, medianMs, summaryOf } from './tally.ts';
import { compareStyles } from './compare-styles.ts';

type Side = 0 | 1;
const sides: readonly Side[] = [0, 1];

/**
 * Two models side by side on the same pictures or on the running camera or film: boxes, times and, where pictures come
 * with labels, COCO's average precision.
 */
@localized()
@customElement('lintel-compare')
export class LintelCompare extends LitElement {
  static override styles = [controls, page, pagePart, compareStyles];

  @consume({ context: workbenchContext })
  @property({ attribute: false })
  workbench!: Workbench;

  @consume({ context: shelfContext })
  @property({ attribute: false })
  shelf!: ModelShelf;

  @consume({ context: sessionContext })
  @property({ attribute: false })
  session!: LiveSession;

  @property({ attribute: false }) models: readonly ShelfModel[] = [];
  @state() private chosenIds: readonly [string | null, string | null] = [null, null];
  @state() private compared: CompareState | null = null;
  @state() private live: LiveState['phase'] = 'idle';
  @query('.files') private readonly filePicker!: HTMLInputElement;
  @query('.folder') private readonly folderPicker!: HTMLInputElement;
  @queryAll('lintel-stage') private readonly stages!: NodeListOf<LintelStage>;
  readonly #pictures = [document.createElement('canvas'), document.createElement('canvas')] as const;
  #comparison: Comparison | null = null;
  #leave: (() => void) | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    for (const canvas of this.#pictures) drawTestPicture(canvas);
    this.#comparison = new Comparison({ workbench: this.workbench, shelf: this.shelf, onState: (now) => (this.compared = now) });
    this.live = this.session.state.phase;
    this.#leave = this.session.subscribe({ onState: ({ phase }) => this.#sourceChanged(phase) });
  }

  override disconnectedCallback(): void {
    this.#leave?.();
    this.#comparison?.stop();
    void this.workbench.close();
    super.disconnectedCallback();
  }

  override updated(changed: PropertyValues): void {
    if (changed.has('compared')) this.#show();
  }

  override render(): TemplateResult {
    const { compared } = this;
    return html`<a class="button back" href="/models">${backIcon}${msg('All models')}</a>
      <h1 tabindex="-1">${msg('Compare two models')}</h1>
      <div class="pair">${sides.map((side) => this.#side(side))}</div>
      ${compared ? this.#progress(compared) : nothing} ${compared?.phase === 'failed' || (this.#busy && compared?.source === 'pictures') ? nothing : this.#table()}
      <section class="zone" aria-labelledby="pictures" @dragover=${this.#dragged} @drop=${this.#dropped}>
        <h2 id="pictures">${msg('On which pictures?')}</h2>
        <p class="hint">${msg('Give the labels along for a precision: one COCO .json for all pictures, or a YOLO .txt for each. Nothing leaves this device.')}</p>
        <div class="buttons">
          <button class="button primary" ?disabled=${this.#busy} @click=${() => this.filePicker.click()}>${pictureIcon}${msg('Choose pictures and labels')}</button>
          <button class="button" ?disabled=${this.#busy} @click=${() => this.folderPicker.click()}>${folderIcon}${msg('Choose a folder')}</button>
          <button class="button" ?disabled=${this.#busy} @click=${() => void this.#runShown()}>${msg('The picture above')}</button>
          ${liveStream(this.session)
            ? html`<button class="button" ?disabled=${this.#busy} @click=${() => void this.#runStream()}>
                ${playIcon}${this.live === 'video' ? msg('The running video') : msg('The running camera')}
              </button>`
            : nothing}
          ${hasLivePicture(this.session)
            ? html`<button class="button" ?disabled=${this.#busy} @click=${this.#runLive}>${cameraIcon}${msg('The live picture')}</button>`
            : nothing}
        </div>
        ${hasLivePicture(this.session) ? nothing : html`<p class="hint live">${msg('To compare on a camera or a video, start it in the live view and come back.')} <a href="/">${msg('To the live view')}</a></p>`}
        <input class="files" type="file" multiple accept="image/*,.json,.txt,.names" hidden tabindex="-1" aria-hidden="true" @change=${this.#picked} />
        <input class="folder" type="file" webkitdirectory hidden tabindex="-1" aria-hidden="true" @change=${this.#picked} />
      </section>`;
  }

  get #busy(): boolean {
    return this.compared?.phase === 'running';
  }

  #usable(): readonly ShelfModel[] {
    return this.models.filter(({ card }) => card !== null);
  }

  /** By default the model in use and the next one of its task, or just the next. */
  #chosen(side: Side): ShelfModel | undefined {
    const usable = this.#usable();
    const picked = usable.find(({ id }) => id === this.chosenIds[side]);
    if (picked) return picked;
    const first = usable.find(({ isChosen, task }) => isChosen && task === 'objects') ?? usable[0];
    if (side === 0) return first;
    const other = this.#chosen(0);
    return usable.find(({ id, task }) => id !== other?.id && task === other?.task) ?? usable.find(({ id }) => id !== other?.id);
  }

  #side(side: Side): TemplateResult {
    const now = this.#chosen(side);
    const name = side === 0 ? msg('First model') : msg('Second model');
    const picked = (event: Event): void => {
      const { value } = event.target as HTMLSelectElement;
      const other = this.#chosen(side === 0 ? 1 : 0)?.id ?? null;
      this.chosenIds = side === 0 ? [value, other] : [other, value];
      this.compared = null;
    };
    const size: Size = this.compared?.pictureSize ?? testPictureSize;
    return html`<div class="card side">
      <select class="select" aria-label=${name} ?disabled=${this.#busy} @change=${picked}>
        ${this.#usable().map(({ id, title }) => html`<option value=${id} .selected=${live(id === now?.id)}>${title}</option>`)}
      </select>
      <lintel-stage .picture=${this.#pictures[side]} .frameSize=${size}></lintel-stage>
      <p class="hint">${this.#seen(this.compared?.results[side] ?? null)}</p>
    </div>`;
  }

  #seen(result: FrameResult | null): string {
    if (!result) return msg('Not run yet');
    const boxes = result.objects.length + result.faces.length;
    const time = formatMilliseconds(result.timings.totalMs);
    return boxes === 1 ? msg(str`One box in ${time}`) : msg(str`${formatInteger(boxes)} boxes in ${time}`);
  }

  #progress({ phase, source, done, total, failure }: CompareState): TemplateResult | typeof nothing {
    if (failure) return html`<p class="badge bad said" role="alert">${warningIcon}<span>${compareFailureText(failure)} <span class="hint" lang="en">${failure.detail}</span></span></p>`;
    if (phase !== 'running') return nothing;
    if (source === 'stream') {
      return html`<div class="card row">
        <span class="text">${done === 0 ? msg('Loading both models…') : msg(str`Frames looked at by both: ${formatInteger(done)} of ${formatInteger(total)}`)}</span>
        <button class="button" @click=${() => this.#comparison?.stop()}>${stopIcon}${msg('Stop')}</button>
      </div>`;
    }
    return html`<div class="card row" role="status">
      <span class="text">${msg(str`Picture ${formatInteger(Math.min(total, done + 1))} of ${formatInteger(total)}`)}</span>
      <button class="button" @click=${() => this.#comparison?.stop()}>${msg('Stop')}</button>
      <progress max=${total} .value=${done} aria-label=${msg('Pictures looked at')}></progress>
    </div>`;
  }

  #table(): TemplateResult | typeof nothing {
    const { compared } = this;
    if (!compared || compared.done === 0) return nothing;
    const [first, second] = compared.tallies;
    const summaries = [summaryOf(first), summaryOf(second)] as const;
    const time = (side: Side): string => {
      const ms = medianMs(compared.tallies[side]);
      return ms === null ? '–' : formatMilliseconds(ms);
    };
    const boxes = (side: Side): string => {
      const mean = meanBoxes(compared.tallies[side]);
      return mean === null ? '–' : formatRate(mean);
    };
    const share = (value: number | undefined): string => (value === undefined || value < 0 ? '–' : formatPercent(value));
    const row = (name: string, value: (side: Side) => string): TemplateResult =>
      html`<tr><th scope="row">${name}</th>${sides.map((side) => html`<td>${value(side)}</td>`)}</tr>`;
    // A table that changes with every frame is not read out.
    return html`<div class="card results" role=${this.#busy ? 'group' : 'status'}>
        <table>
          <caption class="visually-hidden">${msg('Results')}</caption>
          <thead>
            <tr><td></td>${sides.map((side) => html`<th scope="col">${this.#chosen(side)?.title}</th>`)}</tr>
          </thead>
          <tbody>
            ${row(msg('Median time'), time)} ${row(msg('Boxes in a picture, on average'), boxes)}
            ${summaries[0] || summaries[1]
              ? html`${row(msg('Precision (AP)'), (side) => share(summaries[side]?.AP))} ${row(msg('Precision at half overlap (AP50)'), (side) => share(summaries[side]?.AP50))}
                ${row(msg('Recall (AR100)'), (side) => share(summaries[side]?.AR100))}`
              : nothing}
          </tbody>
        </table>
      </div>
      <p class="hint said">${this.#footnote(compared)}</p>`;
  }

  #footnote({ source, done, total, tallies, unreadable }: CompareState): string {
    if (source === 'stream') {
      return msg(str`Both looked at the same ${formatInteger(done)} of ${formatInteger(total)} frames, one after the other and each first in turn; the others passed meanwhile. Times are those of each model alone, boxes those with a score from 25%.`);
    }
    const labelled = tallies[0].pairs.length;
    const parts = [
      labelled === 0
        ? msg(str`Pictures: ${formatInteger(done)}, none of them with labels. With labels the precision is measured too.`)
        : msg(str`Pictures: ${formatInteger(done)}, with labels: ${formatInteger(labelled)}. The precision is measured as COCO does.`),
    ];
    if (unreadable > 0) parts.push(msg(str`Left out because they could not be read: ${formatInteger(unreadable)}.`));
    return parts.join(' ');
  }

  #show(): void {
    const shown = this.compared?.picture ?? null;
    for (const side of sides) {
      const canvas = this.#pictures[side];
      if (shown && shown !== canvas) {
        Object.assign(canvas, { width: shown.width, height: shown.height });
        canvas.getContext('2d')?.drawImage(shown, 0, 0);
      }
      this.stages[side]?.show(this.compared?.results[side] ?? null);
    }
  }

  async #run(files: readonly GivenFile[]): Promise<void> {
    const [first, second] = [this.#chosen(0), this.#chosen(1)];
    if (first && second && files.length > 0 && !this.#busy) await this.#comparison?.onFiles([first, second], files);
  }

  async #runShown(): Promise<void> {
    const [first, second] = [this.#chosen(0), this.#chosen(1)];
    if (first && second) await this.#comparison?.onPicture([first, second], this.#pictures[0]);
  }

  async #runStream(): Promise<void> {
    const [first, second] = [this.#chosen(0), this.#chosen(1)];
    const video = liveStream(this.session);
    if (first && second && video) await this.#comparison?.onStream([first, second], video);
  }

  /** A camera or film that is gone takes the comparison on it along. */
  #sourceChanged(phase: LiveState['phase']): void {
    this.live = phase;
    if (this.#busy && this.compared?.source === 'stream' && !liveStream(this.session)) this.#comparison?.stop();
  }

  readonly #runLive = (): void => {
    showLivePicture(this.session, this.#pictures[0]);
    void this.#runShown();
  };

  readonly #picked = (event: Event): void => {
    const input = event.target as HTMLInputElement;
    const files = filesOfInput(input.files);
    input.value = '';
    void this.#run(files);
  };

  readonly #dragged = (event: DragEvent): void => {
    if (event.dataTransfer?.types.includes('Files')) event.preventDefault();
  };

  readonly #dropped = (event: DragEvent): void => {
    event.preventDefault();
    void filesOfDrop(event.dataTransfer).then((files) => this.#run(files));
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'lintel-compare': LintelCompare;
  }
}
