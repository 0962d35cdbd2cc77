import { localized, msg } from '@lit/localize';
import { LitElement, css, html } from 'lit';
import type { TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { shippedModels, shippedPointsModels, shippedVectorModels } from '../../runtime/index.ts';
import { warningIcon } from '../icons/icons.ts';
import { controls } from '../styles/controls.ts';
import { page } from '../styles/page.ts';
import type { ShippedPackage } from './read-notices.ts';
import { readNotices } from './read-notices.ts';

/** Whose work is in the app, and under which terms: the models, and every package of which something ships. */
@localized()
@customElement('lintel-licences')
export class LintelLicences extends LitElement {
  static override styles = [
    controls,
    page,
    css`
      summary {
        display: flex;
        flex-wrap: wrap;
        align-items: baseline;
        gap: var(--gap-1) var(--gap-3);
        min-block-size: 48px;
        padding: var(--gap-3) var(--gap-4);
        cursor: pointer;
      }
      summary .name {
        flex: 1 1 200px;
        font-weight: 500;
        overflow-wrap: anywhere;
      }
      .hint {
        overflow-wrap: anywhere;
      }
      summary .value {
        color: var(--text-2);
      }
      details + details {
        border-block-start: 1px solid var(--line);
      }
      pre {
        margin: 0;
        padding: 0 var(--gap-4) var(--gap-4);
        color: var(--text-2);
        font-size: 0.8125rem;
        white-space: pre-wrap;
        overflow-wrap: anywhere;
      }
    `,
  ];

  @state() private packages: readonly ShippedPackage[] | 'reading' | 'unreadable' = 'reading';

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#read();
  }

  override render(): TemplateResult {
    return html`<h1 tabindex="-1">${msg('Licences')}</h1>
      <p>${msg('Lintel itself is under the MIT licence. It stands on the work of others:')}</p>
      <h2>${msg('Models')}</h2>
      <div class="card">
        ${[...shippedModels, ...shippedPointsModels, ...shippedVectorModels].map(
          ({ card: { title, licence, source } }) => html`<div class="row">
            <span class="text"><span class="name">${title}</span><span class="hint">${source.origin}. ${licence.note}</span></span>
            <span class="value">${licence.spdx}</span>
          </div>`,
        )}
      </div>
      <h2>${msg('Software')}</h2>
      ${this.#software()}`;
  }

  #software(): TemplateResult {
    if (this.packages === 'reading') return html`<p role="status">${msg('Looking…')}</p>`;
    if (this.packages === 'unreadable') {
      return html`<p class="badge bad" role="alert">${warningIcon}${msg('The list could not be read; it is a file of the app. Check the connection, then try again.')}</p>
        <button class="button" @click=${() => void this.#read()}>${msg('Try again')}</button>`;
    }
    return html`<div class="card">
      ${this.packages.map(
        ({ name, version, licence, text }) => html`<details>
          <summary><span class="name">${name} ${version}</span><span class="value">${licence}</span></summary>
          <pre>${text}</pre>
        </details>`,
      )}
    </div>`;
  }

  async #read(): Promise<void> {
    this.packages = 'reading';
    const read = await readNotices();
    this.packages = read.ok ? read.value : 'unreadable';
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lintel-licences': LintelLicences;
  }
}
