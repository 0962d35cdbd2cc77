import { localized, msg, str } from '@lit/localize';
import { LitElement, css, html, nothing } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { BackupView, RestorePerson } from '../../../store/index.ts';
import { formatInteger } from '../../i18n/format.ts';
import { warningIcon } from '../../icons/icons.ts';
import { controls } from '../../styles/controls.ts';
import { field } from '../../styles/field.ts';
import { page } from '../../styles/page.ts';
import { pagePart } from '../../styles/page-part.ts';
import { peopleStyles } from '../people-styles.ts';
import { fateText, originText } from './restore-texts.ts';

/**
 * What restoring a backup would do, person by person. Whoever was erased stays erased, unless the owner types their name.
 *
 * @fires restore-wanted - detail: readonly string[], the names of those who come back all the same
 * @fires restore-given-up
 */
@localized()
@customElement('lintel-restore-plan')
export class LintelRestorePlan extends LitElement {
  static override styles = [
    controls,
    page,
    pagePart,
    field,
    peopleStyles,
    css`
      h3 {
        font-size: 1.125rem;
        line-height: 1.3;
      }
      h3:focus {
        outline: none;
      }
      .name {
        overflow-wrap: anywhere;
      }
      .row {
        align-items: flex-start;
      }
      .row .labelled {
        flex: 1 1 100%;
        padding-block-end: var(--gap-2);
      }
    `,
  ];

  @property({ attribute: false }) plan!: BackupView;
  @property({ type: Boolean }) busy = false;
  /** What was typed beside each person who was erased, by their id. */
  @state() private typed: ReadonlyMap<string, string> = new Map();
  @query('h3') private readonly heading!: HTMLElement;

  override firstUpdated(): void {
    this.heading.focus();
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('plan')) this.typed = new Map();
  }

  override render(): TemplateResult {
    const { people } = this.plan;
    const coming = people.filter((each) => each.fate === 'add' || each.fate === 'replace' || this.#isNamed(each)).length;
    return html`<div class="stack">
      <h3 tabindex="-1">${msg(str`People in this backup: ${formatInteger(people.length)}`)}</h3>
      <p class="lead">${originText(this.plan)}</p>
      <ul class="card">${people.map((each) => this.#person(each))}</ul>
      <div class="actions">
        <button class="button" ?disabled=${this.busy} @click=${() => this.dispatchEvent(new CustomEvent('restore-given-up'))}>${msg('Cancel')}</button>
        <button class="button primary" ?disabled=${this.busy} @click=${this.#restore}>
          ${this.busy ? msg('Restoring…') : coming === 0 ? msg('Take the receipts only') : msg(str`Restore: ${formatInteger(coming)}`)}
        </button>
      </div>
    </div>`;
  }

  #person(each: RestorePerson): TemplateResult {
    const { person, fate } = each;
    const isRevoked = fate === 'revoked';
    return html`<li class="row" data-fate=${fate}>
      <span class="text">
        <span class="name">${person.name}</span>
        <span class="hint ${isRevoked ? 'badge bad' : ''}">${isRevoked ? warningIcon : nothing}<span>${this.#isNamed(each) ? msg('Comes back, because you say so') : fateText(each)}</span></span>
      </span>
      ${isRevoked
        ? html`<label class="labelled">
            <span class="hint">${msg('Only if they have agreed anew: type their name, and they come back')}</span>
            <input class="field" autocomplete="off" data-for=${person.id} aria-label=${msg(str`Type “${person.name}” to bring them back`)} @input=${this.#nameTyped} />
          </label>`
        : nothing}
    </li>`;
  }

  #isNamed({ person, fate }: RestorePerson): boolean {
    return fate === 'revoked' && this.typed.get(person.id)?.trim() === person.name;
  }

  readonly #nameTyped = (event: Event): void => {
    const { value, dataset } = event.target as HTMLInputElement;
    this.typed = new Map([...this.typed, [dataset['for'] ?? '', value]]);
  };

  readonly #restore = (): void => {
    const names = this.plan.people.filter((each) => this.#isNamed(each)).map(({ person }) => person.name);
    this.dispatchEvent(new CustomEvent<readonly string[]>('restore-wanted', { detail: names }));
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'lintel-restore-plan': LintelRestorePlan;
  }
}
