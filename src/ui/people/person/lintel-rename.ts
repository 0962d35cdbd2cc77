import { consume } from '@lit/context';
import { localized, msg, str } from '@lit/localize';
import { LitElement, html } from 'lit';
import type { TemplateResult } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import type { Person, Vault } from '../../../store/index.ts';
import { personLimits } from '../../../store/index.ts';
import { vaultContext } from '../../contexts.ts';
import { controls } from '../../styles/controls.ts';
import { field } from '../../styles/field.ts';
import { page } from '../../styles/page.ts';
import { pagePart } from '../../styles/page-part.ts';
import { peopleStyles } from '../people-styles.ts';
import { problem } from '../problem.ts';
import { VaultWork } from '../vault-work.ts';
import { tellChange } from './person-changed.ts';

/**
 * The name of a person, to be changed.
 *
 * @fires person-changed - PersonChange
 */
@localized()
@customElement('lintel-rename')
export class LintelRename extends LitElement {
  static override styles = [controls, page, pagePart, field, peopleStyles];

  @consume({ context: vaultContext })
  @property({ attribute: false })
  vault!: Vault;

  @property({ attribute: false }) person!: Person;
  @query('input') private readonly input!: HTMLInputElement;
  readonly #work = new VaultWork(this);

  override render(): TemplateResult {
    return html`<form class="card padded" @submit=${this.#submitted}>
      <label class="labelled">
        <span>${msg('Name')}</span>
        <input class="field" name="name" required maxlength=${personLimits.nameChars} autocomplete="off" autocapitalize="words" .value=${live(this.person.name)} />
      </label>
      ${problem(this.#work.failure)}
      <div class="actions"><button class="button" ?disabled=${this.#work.runs}>${msg('Save the name')}</button></div>
    </form>`;
  }

  readonly #submitted = (event: Event): void => {
    event.preventDefault();
    void this.#save(this.input.value.trim());
  };

  async #save(name: string): Promise<void> {
    if (name === '' || name === this.person.name) return;
    const saved = await this.#work.run(() => this.vault.rename(this.person.id, name));
    if (saved) tellChange(this, { person: saved.value, said: msg(str`The name is ${saved.value.name} now.`) });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lintel-rename': LintelRename;
  }
}
