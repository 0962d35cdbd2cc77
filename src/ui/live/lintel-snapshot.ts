import { localized, msg } from '@lit/localize';
import { LitElement, css, html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { closeIcon, downloadIcon, shareIcon } from '../icons/icons.ts';
import { controls } from '../styles/controls.ts';
import { sheetHeader } from '../styles/sheet-header.ts';
import { countClasses } from './count-classes.ts';
import { describeCounts } from './describe-counts.ts';
import type { Snapshot } from './snapshot.ts';

/**
 * Looks at a snapshot: save it, share it where the system can, or throw it away. Nothing is kept unless saved.
 *
 * @fires snapshot-close
 */
@localized()
@customElement('lintel-snapshot')
export class LintelSnapshot extends LitElement {
  static override styles = [
    controls,
    sheetHeader,
    css`
      dialog {
        inline-size: min(720px, 100vw - 32px);
        max-block-size: calc(100dvh - 32px);
        padding: 0;
        border: 1px solid var(--line);
        border-radius: var(--radius-l);
        background: var(--surface-1);
        color: var(--text-1);
        overflow: hidden;
      }
      dialog::backdrop {
        background: rgb(8 10 13 / 0.72);
      }
      .inner {
        display: grid;
        grid-template-rows: auto minmax(80px, 1fr) auto;
        max-block-size: calc(100dvh - 34px);
      }
      header,
      footer {
        padding: var(--gap-2) var(--gap-4);
      }
      img {
        display: block;
        inline-size: 100%;
        block-size: 100%;
        min-block-size: 0;
        object-fit: contain;
        background: var(--ink);
      }
      footer {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--gap-3);
        padding-block: var(--gap-3) var(--gap-4);
      }
      footer p {
        flex: 1 1 100%;
        color: var(--text-2);
      }
      .button {
        flex: 1 1 140px;
      }
    `,
  ];

  @property({ attribute: false }) snapshot: Snapshot | null = null;
  @query('dialog') private readonly dialog!: HTMLDialogElement;
  #url: string | null = null;

  override disconnectedCallback(): void {
    this.#release();
    super.disconnectedCallback();
  }

  override willUpdate(): void {
    this.#release();
    if (this.snapshot) this.#url = URL.createObjectURL(this.snapshot.blob);
  }

  override updated(): void {
    if (this.snapshot && !this.dialog.open) this.dialog.showModal();
    if (!this.snapshot && this.dialog.open) this.dialog.close();
  }

  override render(): TemplateResult {
    const { snapshot } = this;
    return html`<dialog aria-labelledby="title" @close=${() => this.dispatchEvent(new CustomEvent('snapshot-close'))}>
      ${snapshot && this.#url ? this.#content(snapshot, this.#url) : nothing}
    </dialog>`;
  }

  #content(snapshot: Snapshot, url: string): TemplateResult {
    const text = describeCounts(countClasses(snapshot.result));
    return html`<div class="inner">
      <header>
        <h2 id="title">${msg('Snapshot')}</h2>
        <button class="close" aria-label=${msg('Close without saving')} @click=${() => this.dialog.close()}>${closeIcon}</button>
      </header>
      <img src=${url} alt=${text} />
      <footer>
        <p>${text}</p>
        <a class="button primary" href=${url} download=${snapshot.fileName} @click=${this.#closeSoon}>${downloadIcon}${msg('Save')}</a>
        ${canShare(snapshot) ? html`<button class="button" @click=${() => void this.#share(snapshot)}>${shareIcon}${msg('Share')}</button>` : nothing}
      </footer>
    </div>`;
  }

  /** After the browser has taken the address of the download. */
  readonly #closeSoon = (): void => {
    setTimeout(() => this.dialog.close(), 0);
  };

  async #share(snapshot: Snapshot): Promise<void> {
    try {
      await navigator.share({ files: [fileOf(snapshot)] });
      this.dialog.close();
    } catch {
      // The person closed the system's sheet, or the target refused: the snapshot is still here to be saved.
    }
  }

  #release(): void {
    if (this.#url) URL.revokeObjectURL(this.#url);
    this.#url = null;
  }
}

function fileOf(snapshot: Snapshot): File {
  return new File([snapshot.blob], snapshot.fileName, { type: snapshot.blob.type });
}

function canShare(snapshot: Snapshot): boolean {
  const browser: Partial<Pick<Navigator, 'canShare'>> = navigator;
  return browser.canShare?.({ files: [fileOf(snapshot)] }) ?? false;
}

declare global {
  interface HTMLElementTagNameMap {
    'lintel-snapshot': LintelSnapshot;
  }
}
