import { localized, msg, str } from '@lit/localize';
import { LitElement, html, nothing } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { formatBytes, formatInteger } from '../i18n/format.ts';
import { checkIcon, downloadIcon, warningIcon } from '../icons/icons.ts';
import { Storing } from '../storing.ts';
import { controls } from '../styles/controls.ts';
import { disclosure } from '../styles/disclosure.ts';
import { field } from '../styles/field.ts';
import { pagePart } from '../styles/page-part.ts';
import { page } from '../styles/page.ts';
import { modelCardStyles } from './model-card-styles.ts';
import { fact } from './model-fact.ts';
import type { ModelShelf, ShelfModel } from './model-shelf.ts';
import { formatText, inputText, keptFailureText, licenceText, originText, taskText } from './model-texts.ts';

/** One model of the list: what it is, whether it is used and stored, and what can be done with it. */
@localized()
@customElement('lintel-model-card')
export class LintelModelCard extends LitElement {
  static override styles = [
    controls,
    page,
    pagePart,
    field,
    disclosure,
    modelCardStyles,
  ];

  @property({ attribute: false }) model!: ShelfModel;
  @property({ attribute: false }) shelf!: ModelShelf;
  @state() private mode: 'plain' | 'renaming' | 'removing' = 'plain';
  @state() private problem: string | null = null;
  @query('.name-field') private readonly nameField!: HTMLInputElement | null;
  @query('.confirm') private readonly confirm!: HTMLButtonElement | null;
  readonly #storing = new Storing(this);

  override updated(changed: PropertyValues): void {
    if (!changed.has('mode')) return;
    this.nameField?.select();
    this.confirm?.focus();
  }

  override render(): TemplateResult {
    const { model } = this;
    return html`<section class="card" aria-labelledby="title">
      <div class="row">
        <span class="text">
          <h2 class="title" id="title" tabindex="-1">${model.title}</h2>
          <span class="hint">${this.#summary()}</span>
          ${this.#runtimeText() === null ? nothing : html`<span class="hint">${this.#runtimeText()}</span>`}
        </span>
        <span class="badges">${this.#badges()}</span>
      </div>
      ${this.mode === 'renaming' ? this.#renaming() : this.#actions()}
      ${model.card ? html`<details><summary>${msg('Details')}</summary>${this.#details(model.card)}</details>` : nothing}
    </section>`;
  }

  /** A button's name for those who do not see where it stands: what it says, and of which model. */
  #labelled(text: string): string {
    return `${text}: ${this.model.title}`;
  }

  #summary(): string {
    const { card, bytes } = this.model;
    if (!card) return msg('Its description is damaged');
    return [taskText(card.task), formatBytes(bytes)].join(' · ');
  }

  #badges(): TemplateResult {
    const { isChosen, card } = this.model;
    const stored = this.#runsOffline
      ? html`<span class="badge good">${checkIcon}${msg('Stored on this device')}</span>`
      : html`<span class="badge">${downloadIcon}${this.model.runtime ? msg('Needs the network') : msg('Loaded when needed')}</span>`;
    return html`${isChosen ? html`<span class="badge good">${checkIcon}${msg('In use')}</span>` : nothing}
    ${card ? stored : html`<span class="badge bad">${warningIcon}${msg('Damaged')}</span>`}`;
  }

  get #runsOffline(): boolean {
    const { isStored, runtime } = this.model;
    return isStored && (runtime === null || runtime.isStored);
  }

  /** What a model of one's own needs beside its files. */
  #runtimeText(): string | null {
    const { runtime } = this.model;
    if (!runtime) return null;
    const size = formatBytes(runtime.bytes);
    return runtime.isStored ? msg(str`Also needs ${runtime.name}, ${size}: stored`) : msg(str`Also needs ${runtime.name}, ${size}: not stored`);
  }

  #actions(): TemplateResult {
    const { model } = this;
    if (this.mode === 'removing') return this.#removing();
    const imported = model.kind === 'imported';
    return html`<div class="actions">
      ${model.isChosen || !model.card
        ? nothing
        : html`<button class="button" aria-label=${this.#labelled(msg('Use for live'))} @click=${() => void this.#use()}>${msg('Use for live')}</button>`}
      ${imported && model.card ? html`<button class="button" aria-label=${this.#labelled(msg('Rename'))} @click=${() => (this.mode = 'renaming')}>${msg('Rename')}</button>` : nothing}
      ${imported ? html`<button class="button" aria-label=${this.#labelled(msg('Remove'))} @click=${() => (this.mode = 'removing')}>${msg('Remove')}</button>` : nothing}
      ${model.card && !this.#runsOffline && !this.#storing.isRunning
        ? html`<button class="button" aria-label=${this.#labelled(msg('Make available offline'))} @click=${() => void this.#store()}>${downloadIcon}${msg('Make available offline')}</button>`
        : nothing}
      ${this.#storing.render()}
      ${this.problem === null ? nothing : html`<p class="badge bad" role="alert">${warningIcon}<span>${this.problem}</span></p>`}
    </div>`;
  }

  #renaming(): TemplateResult {
    return html`<form @submit=${this.#renamed}>
      <input class="field name-field" aria-label=${msg('New name')} maxlength="80" required .value=${this.model.title} />
      <button class="button primary" type="submit">${msg('Save')}</button>
      <button class="button" type="button" @click=${() => (this.mode = 'plain')}>${msg('Cancel')}</button>
    </form>`;
  }

  #removing(): TemplateResult {
    const { title, isChosen } = this.model;
    return html`<div class="actions" role="group" aria-labelledby="question">
      <p id="question">
        ${msg(str`Remove ${title} and its files from this device?`)} ${isChosen ? msg('The model that came with the app takes its place in the live view.') : nothing}
      </p>
      <button class="button primary confirm" @click=${() => void this.#remove()}>${msg('Remove')}</button>
      <button class="button" @click=${() => (this.mode = 'plain')}>${msg('Keep it')}</button>
    </div>`;
  }

  #details(card: NonNullable<ShelfModel['card']>): TemplateResult {
    return html`<dl>
      ${fact(msg('Format'), formatText(card.format))} ${fact(msg('Classes'), formatInteger(card.labels.length))} ${fact(msg('Input'), inputText(card.input))}
      ${fact(msg('Licence'), licenceText(card))} ${fact(msg('Origin'), originText(card))}
      ${fact(msg('Files'), card.files.map(({ name, bytes }) => `${name} (${formatBytes(bytes)})`).join(', '))}
    </dl>`;
  }

  async #use(): Promise<void> {
    const used = await this.shelf.use(this.model);
    this.problem = used.ok ? null : keptFailureText(used.failure);
  }

  readonly #renamed = (event: Event): void => {
    event.preventDefault();
    const title = this.nameField?.value.trim() ?? '';
    this.mode = 'plain';
    if (title !== '') void this.#rename(title);
  };

  async #rename(title: string): Promise<void> {
    const renamed = await this.shelf.rename(this.model.id, title);
    this.problem = renamed.ok ? null : keptFailureText(renamed.failure);
  }

  async #remove(): Promise<void> {
    this.mode = 'plain';
    const removed = await this.shelf.remove(this.model);
    this.problem = removed.ok ? null : keptFailureText(removed.failure);
  }

  async #store(): Promise<void> {
    const { model } = this;
    const totalBytes = model.runtime?.bytes ?? model.bytes;
    await this.#storing.run(totalBytes, (onProgress, signal) => this.shelf.makeAvailable(model, onProgress, signal));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lintel-model-card': LintelModelCard;
  }
}
