import { consume } from '@lit/context';
import { localized, msg } from '@lit/localize';
import { LitElement, css, html } from 'lit';
import type { TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { shippedModels } from '../../runtime/index.ts';
import type { ShippedModel } from '../../runtime/index.ts';
import type { OfflineAssets } from '../../store/index.ts';
import { offlineContext } from '../contexts.ts';
import { formatBytes, formatInteger } from '../i18n/format.ts';
import { checkIcon, downloadIcon } from '../icons/icons.ts';
import { controls } from '../styles/controls.ts';
import { page } from '../styles/page.ts';

/** The models that come with the app: what each is for, its size, its licence, whether it is stored here. */
@localized()
@customElement('lintel-models')
export class LintelModels extends LitElement {
  static override styles = [
    controls,
    page,
    css`
      .card + .card {
        margin-block-start: var(--gap-4);
      }
      .title {
        display: block;
        margin: 0;
        padding: 0;
        font-size: 1.125rem;
        color: var(--text-1);
      }
      dt {
        flex: 0 0 110px;
        color: var(--text-2);
      }
      dd {
        flex: 1 1 180px;
        overflow-wrap: anywhere;
      }
      dl .row {
        justify-content: start;
        align-items: baseline;
        min-block-size: 0;
        padding-block: 10px;
      }
      dl {
        border-block-start: 1px solid var(--line);
      }
      .more {
        margin-block-start: var(--gap-4);
        color: var(--text-2);
      }
    `,
  ];

  @consume({ context: offlineContext })
  @property({ attribute: false })
  offline!: OfflineAssets;

  @state() private cachedUrls: ReadonlySet<string> | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#look();
  }

  override render(): TemplateResult {
    return html`<h1 tabindex="-1">${msg('Models')}</h1>
      ${shippedModels.map((model) => this.#model(model))}
      <p class="more">${msg('Every file is checked by its SHA-256 before it is used. Models run on this device only.')} <a href="/settings">${msg('Store them for offline use')}</a></p>`;
  }

  #model({ card, files }: ShippedModel): TemplateResult {
    const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
    const stored = this.cachedUrls !== null && files.every((file) => this.cachedUrls?.has(file.url));
    return html`<section class="card" aria-labelledby=${card.id}>
      <div class="row">
        <span class="text">
          <h2 class="title" id=${card.id}>${card.title}</h2>
          <span class="hint">${card.task === 'objects' ? msg('Finds things, people and animals') : msg('Finds faces')}</span>
        </span>
        ${stored
          ? html`<span class="badge good">${checkIcon}${msg('Stored on this device')}</span>`
          : html`<span class="badge">${downloadIcon}${msg('Loaded when needed')}</span>`}
      </div>
      <dl>
        ${fact(msg('Size'), formatBytes(bytes))} ${fact(msg('Classes'), formatInteger(card.labels.length))}
        ${fact(msg('Input'), `${card.input.minPx}–${card.input.maxPx} px`)} ${fact(msg('Licence'), card.licence.spdx)}
        ${fact(msg('Origin'), `${card.source.origin} (${card.source.package} ${card.source.version})`)}
      </dl>
    </section>`;
  }

  async #look(): Promise<void> {
    const status = await this.offline.status();
    this.cachedUrls = new Set(status.filter(({ cached }) => cached).map(({ asset }) => asset.url));
  }
}

function fact(name: string, value: string): TemplateResult {
  return html`<div class="row"><dt>${name}</dt><dd>${value}</dd></div>`;
}

declare global {
  interface HTMLElementTagNameMap {
    'lintel-models': LintelModels;
  }
}
