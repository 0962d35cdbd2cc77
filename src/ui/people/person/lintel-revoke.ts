import { consume } from '@lit/context';
import { localized, msg, str } from '@lit/localize';
import { LitElement, css, html } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { Person, Vault } from '../../../store/index.ts';
import { vaultContext } from '../../contexts.ts';
import { warningIcon } from '../../icons/icons.ts';
import { controls } from '../../styles/controls.ts';
import { page } from '../../styles/page.ts';
import { pagePart } from '../../styles/page-part.ts';
import { holdingsText } from '../holdings-text.ts';
import { peopleStyles } from '../people-styles.ts';
import { problem } from '../problem.ts';
import { VaultWork } from '../vault-work.ts';
import { tellErased } from './person-changed.ts';

/**
 * Erases a person, after a second question that says what goes and what stays.
 *
 * @fires person-erased - Receipt
 */
@localized()
@customElement('lintel-revoke')
export class LintelRevoke extends LitElement {
  static override styles = [
    controls,
    page,
    pagePart,
    peopleStyles,
    css`
      h3 {
        display: flex;
        align-items: center;
        gap: var(--gap-2);
        font-size: 1.125rem;
        line-height: 1.3;
      }
      h3:focus {
        outline: none;
      }
      h3 svg {
        color: var(--danger);
      }
    `,
  ];

  @consume({ context: vaultContext })
  @property({ attribute: false })
  vault!: Vault;

  @property({ attribute: false }) person!: Person;
  @state() private asked = false;
  @query('h3') private readonly question!: HTMLElement | null;
  readonly #work = new VaultWork(this);

  override updated(changed: PropertyValues): void {
    if (changed.has('asked')) this.question?.focus();
  }

  override render(): TemplateResult {
    return html`<div class="card padded stack danger-zone">${this.asked ? this.#question() : this.#offer()}</div>`;
  }

  #offer(): TemplateResult {
    return html`<p class="lead">${msg('When somebody takes their consent back, or leaves: erase everything kept of them. They need not say why.')}</p>
      <div class="actions"><button class="button danger" @click=${() => (this.asked = true)}>${msg(str`Erase ${this.person.name}`)}</button></div>`;
  }

  #question(): TemplateResult {
    const { name, holds } = this.person;
    return html`<h3 tabindex="-1">${warningIcon}${msg(str`Erase ${name} for good?`)}</h3>
      <p>${msg(str`Erased at once: the name, the consent, the PIN of this door, and what is kept of the face (${holdingsText(holds)}).`)}</p>
      <p>${msg('What stays is a receipt that tells nobody who it was. It cannot be undone.')}</p>
      <p>${msg('Backups made before still hold them, and Lintel cannot reach those files: delete them, then make a new one.')}</p>
      ${problem(this.#work.failure)}
      <div class="actions">
        <button class="button" ?disabled=${this.#work.runs} @click=${() => (this.asked = false)}>${msg(str`Keep ${name}`)}</button>
        <button class="button danger" ?disabled=${this.#work.runs} @click=${() => void this.#erase()}>${msg('Erase now')}</button>
      </div>`;
  }

  async #erase(): Promise<void> {
    const erased = await this.#work.run(() => this.vault.revoke(this.person.id));
    if (erased) tellErased(this, erased.value);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lintel-revoke': LintelRevoke;
  }
}
