import { consume } from '@lit/context';
import { localized, msg, str } from '@lit/localize';
import { LitElement, css, html, nothing } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { Person, Receipt, Vault, VaultFailure } from '../../../store/index.ts';
import { vaultContext } from '../../contexts.ts';
import { formatInteger } from '../../i18n/format.ts';
import { backIcon, checkIcon } from '../../icons/icons.ts';
import { controls } from '../../styles/controls.ts';
import { disclosure } from '../../styles/disclosure.ts';
import { page } from '../../styles/page.ts';
import { pagePart } from '../../styles/page-part.ts';
import { dateAndTime, longDate } from '../date-texts.ts';
import { holdingsText } from '../holdings-text.ts';
import { enrolAgain } from '../people-events.ts';
import { peopleStyles } from '../people-styles.ts';
import { problem } from '../problem.ts';
import { receiptRow } from '../receipt-part.ts';
import './lintel-person-photos.ts';
import './lintel-rename.ts';
import './lintel-retention.ts';
import './lintel-revoke.ts';
import type { PersonChange } from './person-changed.ts';

/**
 * All that is kept of one person, and what they or the owner can do about it.
 *
 * @fires person-enrol - to enrol them again
 */
@localized()
@customElement('lintel-person')
export class LintelPerson extends LitElement {
  static override styles = [
    controls,
    page,
    pagePart,
    disclosure,
    peopleStyles,
    css`
      .said:empty {
        display: none;
      }
      .agreed {
        display: grid;
        gap: var(--gap-3);
        padding: 0 var(--gap-4) var(--gap-4);
        color: var(--text-2);
        text-wrap: pretty;
      }
      details {
        border: 0;
      }
      summary {
        padding-block: var(--gap-2);
      }
      h1 {
        overflow-wrap: anywhere;
      }
    `,
  ];

  @consume({ context: vaultContext })
  @property({ attribute: false })
  vault!: Vault;

  @property() personId = '';
  /** What has just been done. */
  @property({ attribute: false }) said: string | null = null;
  @state() private person: Person | null = null;
  @state() private receipt: Receipt | null = null;
  @state() private failure: VaultFailure | null = null;
  @query('h1') private readonly heading!: HTMLElement | null;
  #reading: Promise<void> = Promise.resolve();

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('personId')) this.#reading = this.#read(this.personId);
  }

  override updated(changed: PropertyValues): void {
    if (changed.has('receipt') && this.receipt) this.heading?.focus();
  }

  override render(): TemplateResult {
    const { person, receipt, failure } = this;
    return html`<a class="button back" href="/people">${backIcon}${msg('People')}</a>
      ${receipt ? this.#gone(receipt) : failure ? html`<h1 tabindex="-1">${msg('Person')}</h1>${problem(failure)}` : person ? this.#page(person) : nothing}`;
  }

  #page(person: Person): TemplateResult {
    return html`<h1 tabindex="-1">${person.name}</h1>
      <p class="badge good said" role="status">${this.said === null ? nothing : html`${checkIcon}<span>${this.said}</span>`}</p>
      <div class="card">
        <div class="row">
          <span class="text"><span class="name">${holdingsText(person.holds)}</span><span class="hint">${msg(str`Enrolled on ${longDate(person.createdAtMs)}`)}</span></span>
          <button class="button" @click=${() => enrolAgain(this, person)}>${msg('Enrol again')}</button>
        </div>
        ${person.holds.negatives > 0
          ? html`<div class="row">
              <span class="text hint">${msg(str`Faces that were taken for ${person.name} and are not: ${formatInteger(person.holds.negatives)}. They help to tell them apart; no name and no picture is kept of them.`)}</span>
            </div>`
          : nothing}
      </div>
      <h2>${msg('Name')}</h2>
      <lintel-rename .person=${person} @person-changed=${this.#changed}></lintel-rename>
      <h2>${msg('How long they are kept')}</h2>
      <lintel-retention .person=${person} @person-changed=${this.#changed}></lintel-retention>
      ${person.holds.photos > 0
        ? html`<h2>${msg('Photos')}</h2>
            <lintel-person-photos .person=${person} @person-changed=${this.#changed}></lintel-person-photos>`
        : nothing}
      <h2>${msg('Consent')}</h2>
      ${consentPart(person)}
      <h2>${msg('Erase')}</h2>
      <lintel-revoke .person=${person} @person-erased=${this.#erased}></lintel-revoke>`;
  }

  #gone(receipt: Receipt): TemplateResult {
    return html`<h1 tabindex="-1">${msg('Everything is erased')}</h1>
      <div class="stack">
        <p class="lead">${msg('Nothing tells any more who it was. This receipt stays:')}</p>
        <div class="card">${receiptRow(receipt)}</div>
        <p class="lead">${msg('Backups made before still hold the person. Delete those files, then make a new one.')}</p>
        <div class="actions"><a class="button primary" href="/people">${msg('Back to the people')}</a><a class="button" href="/people/backup">${msg('Make a backup')}</a></div>
      </div>`;
  }

  readonly #changed = ({ detail }: CustomEvent<PersonChange>): void => {
    this.person = detail.person;
    this.said = detail.said;
  };

  readonly #erased = ({ detail }: CustomEvent<Receipt>): void => {
    this.person = null;
    this.receipt = detail;
  };

  async #read(id: string): Promise<void> {
    const read = await this.vault.person(id);
    this.failure = read.ok ? null : read.failure;
    this.person = read.ok ? read.value.person : null;
  }

  protected override async getUpdateComplete(): Promise<boolean> {
    const updated = await super.getUpdateComplete();
    await this.#reading;
    return (await super.getUpdateComplete()) && updated;
  }
}

/** The text as it stood before the person, in the language in which they read it. */
function consentPart({ consent }: Person): TemplateResult {
  const { language, agreed, givenAtMs } = consent;
  return html`<div class="card">
    <details>
      <summary>${msg(str`Agreed on ${dateAndTime(givenAtMs)}`)}</summary>
      <div class="agreed" lang=${language}>${agreed.split('\n\n').map((text) => html`<p>${text}</p>`)}</div>
    </details>
  </div>`;
}

declare global {
  interface HTMLElementTagNameMap {
    'lintel-person': LintelPerson;
  }
}
