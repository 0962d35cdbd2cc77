import { consume } from '@lit/context';
import { localized, msg, str } from '@lit/localize';
import { LitElement, css, html } from 'lit';
import type { TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { shelfContext } from '../contexts.ts';
import { formatBytes } from '../i18n/format.ts';
import { checkIcon, downloadIcon } from '../icons/icons.ts';
import type { ModelShelf, ShelfRuntime } from '../models/model-shelf.ts';
import { formatText } from '../models/model-texts.ts';
import { ShelfWatch } from '../models/shelf-watch.ts';
import { Storing } from '../storing.ts';
import { controls } from '../styles/controls.ts';
import { pagePart } from '../styles/page-part.ts';
import { page } from '../styles/page.ts';

/** The programs that only models of one's own need, each with its size, and whether it is there without a network. */
@localized()
@customElement('lintel-runtimes')
export class LintelRuntimes extends LitElement {
  static override styles = [
    controls,
    page,
    pagePart,
    css`
      .card,
      p {
        margin-block-start: var(--gap-3);
      }
      .row progress,
      .row p {
        flex: 1 1 100%;
      }
    `,
  ];

  @consume({ context: shelfContext })
  @property({ attribute: false })
  shelf!: ModelShelf;

  @state() private runtimes: readonly ShelfRuntime[] = [];
  readonly #storing = new Map<ShelfRuntime['format'], Storing>();

  constructor() {
    super();
    new ShelfWatch(this, () => this.shelf, () => void this.#look());
  }

  override render(): TemplateResult {
    return html`<div class="card">${this.runtimes.map((runtime) => this.#row(runtime))}</div>`;
  }

  #row(runtime: ShelfRuntime): TemplateResult {
    const { format, name, bytes, isStored } = runtime;
    const storing = this.#storingOf(format);
    const action = isStored
      ? html`<span class="badge good">${checkIcon}${msg('Stored on this device')}</span>
          <button class="button" aria-label=${`${msg('Remove')}: ${name}`} @click=${() => void this.shelf.removeRuntime(format)}>${msg('Remove')}</button>`
      : html`<button class="button" aria-label=${`${msg('Make available offline')}: ${name}`} @click=${() => void this.#store(runtime)}>${downloadIcon}${msg('Make available offline')}</button>`;
    return html`<div class="row">
      <span class="text">
        <span class="name">${name}, ${formatBytes(bytes)}</span>
        <span class="hint">${msg(str`Runs models of your own in ${formatText(format)}. Loaded with the first of them.`)}</span>
      </span>
      ${storing.isRunning ? storing.render() : html`${action}${storing.render()}`}
    </div>`;
  }

  #storingOf(format: ShelfRuntime['format']): Storing {
    const storing = this.#storing.get(format) ?? new Storing(this);
    this.#storing.set(format, storing);
    return storing;
  }

  async #store({ format, bytes }: ShelfRuntime): Promise<void> {
    await this.#storingOf(format).run(bytes, (onProgress, signal) => this.shelf.storeRuntime(format, onProgress, signal));
  }

  async #look(): Promise<void> {
    this.runtimes = await this.shelf.runtimes();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lintel-runtimes': LintelRuntimes;
  }
}
