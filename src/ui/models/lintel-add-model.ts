import { localized, msg } from '@lit/localize';
import { LitElement, css, html } from 'lit';
import type { TemplateResult } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';
import { addIcon, folderIcon } from '../icons/icons.ts';
import { controls } from '../styles/controls.ts';
import type { GivenFile } from './given-files.ts';
import { filesOfDrop, filesOfInput } from './given-files.ts';

/**
 * The place where a person hands over files of a model, by drop or by choosing files or a folder.
 *
 * @fires files-given - detail: GivenFile[]
 */
@localized()
@customElement('lintel-add-model')
export class LintelAddModel extends LitElement {
  static override styles = [
    controls,
    css`
      :host {
        display: block;
      }
      .zone {
        padding: var(--gap-5) var(--gap-4);
        border: 2px dashed var(--line-strong);
        border-radius: var(--radius-m);
        text-align: center;
      }
      .zone.over {
        border-style: solid;
        border-color: var(--accent-text);
        background: var(--surface-2);
      }
      h2 {
        font-size: 1.125rem;
      }
      p {
        max-inline-size: 46ch;
        margin: var(--gap-2) auto 0;
        color: var(--text-2);
        text-wrap: pretty;
      }
      .buttons {
        display: flex;
        flex-wrap: wrap;
        justify-content: center;
        gap: var(--gap-2) var(--gap-3);
        margin-block-start: var(--gap-4);
      }
      @media (pointer: coarse) {
        .drop {
          display: none;
        }
      }
    `,
  ];

  @state() private over = false;
  @query('.files') private readonly filePicker!: HTMLInputElement;
  @query('.folder') private readonly folderPicker!: HTMLInputElement;

  override render(): TemplateResult {
    return html`<section
      class="zone ${this.over ? 'over' : ''}"
      aria-labelledby="title"
      @dragenter=${this.#dragged}
      @dragover=${this.#dragged}
      @dragleave=${() => (this.over = false)}
      @drop=${this.#dropped}
    >
      <h2 id="title">${msg('Bring your own YOLO')}</h2>
      <p>
        ${msg('ONNX, TensorFlow Lite, TensorFlow.js (folder or zip) or Darknet (.cfg with .weights); a list of class names may come along. The files stay on this device.')}
      </p>
      <div class="buttons">
        <button class="button primary" @click=${() => this.filePicker.click()}>${addIcon}${msg('Choose files')}</button>
        <button class="button" @click=${() => this.folderPicker.click()}>${folderIcon}${msg('Choose a folder')}</button>
      </div>
      <p class="drop">${msg('Or drop files, a folder or a zip here.')}</p>
      <input class="files" type="file" multiple hidden tabindex="-1" aria-hidden="true" @change=${this.#picked} />
      <input class="folder" type="file" webkitdirectory hidden tabindex="-1" aria-hidden="true" @change=${this.#picked} />
    </section>`;
  }

  readonly #dragged = (event: DragEvent): void => {
    if (!event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    this.over = true;
  };

  readonly #dropped = (event: DragEvent): void => {
    event.preventDefault();
    this.over = false;
    void filesOfDrop(event.dataTransfer).then((files) => this.#give(files));
  };

  readonly #picked = (event: Event): void => {
    const input = event.target as HTMLInputElement;
    const files = filesOfInput(input.files);
    input.value = '';
    this.#give(files);
  };

  #give(files: readonly GivenFile[]): void {
    if (files.length > 0) this.dispatchEvent(new CustomEvent<readonly GivenFile[]>('files-given', { detail: files }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lintel-add-model': LintelAddModel;
  }
}
