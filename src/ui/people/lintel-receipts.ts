import { consume } from '@lit/context';
import { localized, msg } from '@lit/localize';
import { LitElement, css, html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Receipt, Vault, VaultFailure } from '../../store/index.ts';
import { vaultContext } from '../contexts.ts';
import { backIcon } from '../icons/icons.ts';
import { controls } from '../styles/controls.ts';
import { page } from '../styles/page.ts';
import { pagePart } from '../styles/page-part.ts';
import { peopleStyles } from './people-styles.ts';
import { problem } from './problem.ts';
import { receiptRow } from './receipt-part.ts';

/** What stayed of those who were erased: a receipt each, and nothing that tells who it was. */
@localized()
@customElement('lintel-receipts')
export class LintelReceipts extends LitElement {
  static override styles = [
    controls,
    page,
    pagePart,
    peopleStyles,
    css`
      .lead {
        margin-block-end: var(--gap-4);
      }
    `,
  ];

  @consume({ context: vaultContext })
  @property({ attribute: false })
  vault!: Vault;

  @state() private receipts: readonly Receipt[] | null = null;
  @state() private failure: VaultFailure | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#read();
  }

  override render(): TemplateResult {
    const { receipts } = this;
    return html`<a class="button back" href="/people">${backIcon}${msg('People')}</a>
      <h1 tabindex="-1">${msg('Receipts')}</h1>
      <p class="lead">${msg('Proof that somebody was erased. No receipt tells who it was.')}</p>
      ${problem(this.failure)}
      ${receipts === null ? nothing : receipts.length === 0 ? html`<p class="lead">${msg('Nobody was erased yet.')}</p>` : html`<div class="card">${receipts.map(receiptRow)}</div>`}`;
  }

  async #read(): Promise<void> {
    const read = await this.vault.receipts();
    if (read.ok) this.receipts = read.value;
    else this.failure = read.failure;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lintel-receipts': LintelReceipts;
  }
}
