import { localized, msg } from '@lit/localize';
import { LitElement, html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { formatBytes, formatInteger } from '../i18n/format.ts';
import { checkIcon, downloadIcon } from '../icons/icons.ts';
import { Storing } from '../storing.ts';
import { controls } from '../styles/controls.ts';
import { disclosure } from '../styles/disclosure.ts';
import { pagePart } from '../styles/page-part.ts';
import { page } from '../styles/page.ts';
import { modelCardStyles } from './model-card-styles.ts';
import { fact } from './model-fact.ts';
import type { ModelShelf, ShelfFixedModel } from './model-shelf.ts';
import { formatText, licenceText, originText, taskText } from './model-texts.ts';

/** A model in the list that comes with the app and that nobody chooses: what it finds, whether it is stored, and where it comes from. */
@localized()
@customElement('lintel-fixed-model')
export class LintelFixedModel extends LitElement {
  static override styles = [controls, page, pagePart, disclosure, modelCardStyles];

  @property({ attribute: false }) model!: ShelfFixedModel;
  @property({ attribute: false }) shelf!: ModelShelf;
  readonly #storing = new Storing(this);

  override render(): TemplateResult {
    const { title, task, bytes, isStored, card } = this.model;
    return html`<section class="card" aria-labelledby="title">
      <div class="row">
        <span class="text">
          <h3 class="title" id="title">${title}</h3>
          <span class="hint">${[taskText(task), formatBytes(bytes)].join(' · ')}</span>
        </span>
        <span class="badges">
          ${isStored
            ? html`<span class="badge good">${checkIcon}${msg('Stored on this device')}</span>`
            : html`<span class="badge">${downloadIcon}${msg('Loaded when needed')}</span>`}
        </span>
      </div>
      ${isStored ? nothing : this.#offer()}
      <details>
        <summary>${msg('Details')}</summary>
        <dl>
          ${fact(msg('Format'), formatText(card.format))} ${'points' in card ? fact(msg('Points'), formatInteger(card.points)) : fact(msg('Numbers'), formatInteger(card.length))}
          ${fact(msg('Input'), `${card.input.width} × ${card.input.height} px`)} ${fact(msg('Licence'), licenceText(card))} ${fact(msg('Origin'), originText(card))}
        </dl>
      </details>
    </section>`;
  }

  #offer(): TemplateResult {
    const { title } = this.model;
    return html`<div class="actions">
      ${this.#storing.isRunning
        ? nothing
        : html`<button class="button" aria-label="${msg('Make available offline')}: ${title}" @click=${() => void this.#store()}>
            ${downloadIcon}${msg('Make available offline')}
          </button>`}
      ${this.#storing.render()}
    </div>`;
  }

  async #store(): Promise<void> {
    const { model } = this;
    await this.#storing.run(model.bytes, (onProgress, signal) => this.shelf.storeFixed(model, onProgress, signal));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lintel-fixed-model': LintelFixedModel;
  }
}
