import { consume } from '@lit/context';
import { localized, msg } from '@lit/localize';
import { LitElement, html, nothing } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import type { BackupView, Restored, Vault } from '../../../store/index.ts';
import { vaultContext } from '../../contexts.ts';
import { checkIcon, folderIcon } from '../../icons/icons.ts';
import { controls } from '../../styles/controls.ts';
import { field } from '../../styles/field.ts';
import { page } from '../../styles/page.ts';
import { pagePart } from '../../styles/page-part.ts';
import { peopleStyles } from '../people-styles.ts';
import { problem } from '../problem.ts';
import { VaultWork } from '../vault-work.ts';
import './lintel-restore-plan.ts';
import { restoredText } from './restore-texts.ts';

/** Brings people back from a file: file and passphrase, then what would happen, then it happens. */
@localized()
@customElement('lintel-restore')
export class LintelRestore extends LitElement {
  static override styles = [controls, page, pagePart, field, peopleStyles];

  @consume({ context: vaultContext })
  @property({ attribute: false })
  vault!: Vault;

  @state() private file: File | null = null;
  @state() private passphrase = '';
  @state() private plan: BackupView | null = null;
  @state() private restored: Restored | null = null;
  @query('input[type=file]') private readonly picker!: HTMLInputElement;
  @query('.done') private readonly done!: HTMLElement | null;
  readonly #work = new VaultWork(this);

  override updated(changed: PropertyValues): void {
    if (changed.has('restored') && this.restored) this.done?.focus();
  }

  override render(): TemplateResult {
    const { plan, restored } = this;
    const { runs, failure } = this.#work;
    return html`<div class="card padded stack">
      ${restored ? html`<p class="badge good done" tabindex="-1" role="status">${checkIcon}<span>${restoredText(restored)}</span></p>` : nothing}
      ${plan
        ? html`<lintel-restore-plan .plan=${plan} .busy=${runs} @restore-wanted=${this.#restore} @restore-given-up=${() => this.#forget()}></lintel-restore-plan>`
        : this.#asks(runs)}
      ${problem(failure)}
    </div>`;
  }

  #asks(runs: boolean): TemplateResult {
    const { file } = this;
    return html`<form novalidate @submit=${this.#submitted}>
      <div class="actions">
        <button type="button" class="button" ?disabled=${runs} @click=${() => this.picker.click()}>${folderIcon}${file ? msg('Choose another file') : msg('Choose the backup')}</button>
        <input type="file" hidden tabindex="-1" aria-hidden="true" @change=${this.#picked} />
      </div>
      ${file
        ? html`<p class="value">${file.name}</p>
            <label class="labelled">
              <span>${msg('Its passphrase')}</span>
              <input class="field" name="opening" type="password" autocomplete="off" .value=${live(this.passphrase)} @input=${this.#typed} />
            </label>
            <div class="actions"><button class="button primary" ?disabled=${runs || this.passphrase === ''}>${runs ? msg('Opening…') : msg('Look inside')}</button></div>
            <p class="hint">${msg('Nothing is changed yet: first you see what would happen.')}</p>`
        : nothing}
    </form>`;
  }

  readonly #picked = (): void => {
    const [file] = this.picker.files ?? [];
    this.picker.value = '';
    if (!file) return;
    this.file = file;
    this.passphrase = '';
    this.restored = null;
  };

  readonly #typed = (event: Event): void => {
    this.passphrase = (event.target as HTMLInputElement).value;
  };

  readonly #submitted = (event: Event): void => {
    event.preventDefault();
    void this.#look();
  };

  async #look(): Promise<void> {
    const { file, passphrase } = this;
    if (!file || passphrase === '') return;
    const looked = await this.#work.run(() => this.vault.inspectBackup(file, passphrase));
    if (looked) this.plan = looked.value;
  }

  readonly #restore = async ({ detail: bringBack }: CustomEvent<readonly string[]>): Promise<void> => {
    const { file, passphrase } = this;
    if (!file) return;
    const restored = await this.#work.run(() => this.vault.restore(file, passphrase, { bringBack }));
    if (!restored) return;
    this.#forget();
    this.restored = restored.value;
  };

  #forget(): void {
    this.file = null;
    this.passphrase = '';
    this.plan = null;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lintel-restore': LintelRestore;
  }
}
