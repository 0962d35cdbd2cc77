import { consume } from '@lit/context';
import { localized, msg, str } from '@lit/localize';
import { LitElement, html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { systemCalendar } from '../../base/index.ts';
import type { PeopleList, Person, Vault, VaultFailure } from '../../store/index.ts';
import { vaultContext } from '../contexts.ts';
import { formatInteger } from '../i18n/format.ts';
import { addIcon, lockIcon, warningIcon } from '../icons/icons.ts';
import { controls } from '../styles/controls.ts';
import { field } from '../styles/field.ts';
import { page } from '../styles/page.ts';
import { pagePart } from '../styles/page-part.ts';
import { retentionState, retentionText } from './date-texts.ts';
import { holdingsText } from './holdings-text.ts';
import { peopleListStyles } from './people-list-styles.ts';
import { openPerson } from './people-events.ts';
import { peopleStyles } from './people-styles.ts';
import { problem } from './problem.ts';

/** From so many people on, a field to search in is of use. */
const searchFrom = 2;

/**
 * Everyone who is kept: who they are, how much is kept of them, and until when.
 *
 * @fires person-open - the page of one of them
 */
@localized()
@customElement('lintel-people-list')
export class LintelPeopleList extends LitElement {
  static override styles = [controls, page, pagePart, field, peopleStyles, peopleListStyles];

  @consume({ context: vaultContext })
  @property({ attribute: false })
  vault!: Vault;

  @state() private list: PeopleList | null = null;
  @state() private failure: VaultFailure | null = null;
  @state() private wanted = '';
  /** Erasing everything is asked twice. */
  @state() private sure = false;

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#read();
  }

  override render(): TemplateResult {
    const { list, failure } = this;
    return html`<h1 tabindex="-1">${msg('People')}</h1>
      <p class="badge sealed">${lockIcon}<span>${msg('Encrypted on this device. Faces are kept as numbers, not as photos.')}</span></p>
      ${problem(failure)}${failure?.code === 'key-lost' ? this.#wayOut() : nothing}
      <div class="actions ways">
        <a class="button primary" href="/people/enrol">${addIcon}${msg('Enrol someone')}</a>
        ${list && list.people.length > 0 ? html`<a class="button" href="/people/test">${msg('Test me')}</a>` : nothing}
      </div>
      ${list ? this.#people(list) : nothing}
      <div class="card more">
        <a class="row" href="/people/receipts"><span class="text"><span class="name">${msg('Receipts')}</span><span class="hint">${msg('Of everyone who was erased')}</span></span></a>
        <a class="row" href="/people/backup"
          ><span class="text"><span class="name">${msg('Backup')}</span><span class="hint">${msg('Save everyone to an encrypted file, or bring them back')}</span></span></a
        >
      </div>`;
  }

  #people({ people, damagedIds }: PeopleList): TemplateResult {
    const found = people.filter(({ name }) => folded(name).includes(folded(this.wanted)));
    return html`${damagedIds.length > 0 ? this.#damaged(damagedIds) : nothing}
      ${people.length >= searchFrom
        ? html`<label class="labelled search"
            ><span class="visually-hidden">${msg('Search by name')}</span
            ><input class="field" type="search" autocomplete="off" placeholder=${msg('Search by name')} .value=${this.wanted} @input=${this.#searched}
          /></label>`
        : nothing}
      ${people.length === 0
        ? html`<p class="lead empty">${msg('Nobody is enrolled yet. One good look at a face is enough.')}</p>`
        : html`<p class="visually-hidden" role="status">${msg(str`People shown: ${formatInteger(found.length)}`)}</p>
            <ul class="card people">
              ${repeat(
                found,
                ({ id }) => id,
                (person) => this.#person(person),
              )}
              ${found.length === 0 ? html`<li class="row"><span class="hint">${msg('Nobody has this name.')}</span></li>` : nothing}
            </ul>`}`;
  }

  #person(person: Person): TemplateResult {
    const nowMs = systemCalendar.epochMs();
    const state = retentionState(person.retainUntilMs, nowMs);
    return html`<li>
      <button class="row person" @click=${() => openPerson(this, person.id)}>
        <span class="initial" aria-hidden="true">${Array.from(person.name)[0]}</span>
        <span class="text">
          <span class="name">${person.name}</span>
          <span class="hint">${holdingsText(person.holds)}</span>
          <span class="hint due ${state}">${state === 'far' ? nothing : warningIcon}<span>${retentionText(person.retainUntilMs, nowMs)}</span></span>
        </span>
      </button>
    </li>`;
  }

  #damaged(ids: readonly string[]): TemplateResult {
    return html`<div class="problem" data-code="damaged">
      ${warningIcon}
      <div>
        <strong>${msg(str`Records that cannot be read: ${formatInteger(ids.length)}`)}</strong>
        <p>${msg('Nobody is recognised by them. Restoring a backup repairs them; or erase them.')}</p>
        <div class="actions"><button class="button danger" @click=${() => void this.#eraseDamaged(ids)}>${msg('Erase what cannot be read')}</button></div>
      </div>
    </div>`;
  }

  #wayOut(): TemplateResult {
    return html`<div class="actions ways">
      ${this.sure
        ? html`<button class="button danger" @click=${() => void this.#eraseEverything()}>${msg('Yes, erase all people and receipts')}</button>
            <button class="button" @click=${() => (this.sure = false)}>${msg('Cancel')}</button>`
        : html`<button class="button danger" @click=${() => (this.sure = true)}>${msg('Erase everything')}</button>`}
    </div>`;
  }

  readonly #searched = (event: Event): void => {
    this.wanted = (event.target as HTMLInputElement).value;
  };

  async #read(): Promise<void> {
    const read = await this.vault.people();
    this.failure = read.ok ? null : read.failure;
    this.list = read.ok ? read.value : null;
  }

  async #eraseDamaged(ids: readonly string[]): Promise<void> {
    for (const id of ids) {
      const erased = await this.vault.revoke(id);
      if (!erased.ok) {
        this.failure = erased.failure;
        return;
      }
    }
    await this.#read();
  }

  async #eraseEverything(): Promise<void> {
    const erased = await this.vault.eraseEverything();
    this.sure = false;
    if (erased.ok) await this.#read();
    else this.failure = erased.failure;
  }
}

/** Without capitals, accents and blanks around: 'José ' is found by 'jose'. */
function folded(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase()
    .trim();
}

declare global {
  interface HTMLElementTagNameMap {
    'lintel-people-list': LintelPeopleList;
  }
}
