import { consume } from '@lit/context';
import { localized, msg, str } from '@lit/localize';
import { LitElement, html } from 'lit';
import type { TemplateResult } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { systemCalendar } from '../../../base/index.ts';
import type { Person, Vault } from '../../../store/index.ts';
import { dayMs, defaultRetentionDays } from '../../../store/index.ts';
import { vaultContext } from '../../contexts.ts';
import { warningIcon } from '../../icons/icons.ts';
import { controls } from '../../styles/controls.ts';
import { field } from '../../styles/field.ts';
import { page } from '../../styles/page.ts';
import { pagePart } from '../../styles/page-part.ts';
import { endOfDayMs, fileDate, longDate, retentionState, retentionText } from '../date-texts.ts';
import { peopleStyles } from '../people-styles.ts';
import { problem } from '../problem.ts';
import { VaultWork } from '../vault-work.ts';
import { tellChange } from './person-changed.ts';

/** Nobody is asked for longer than this at once. */
const mostYears = 5;

/**
 * Until when a person is kept, and how that is changed.
 *
 * @fires person-changed - PersonChange
 */
@localized()
@customElement('lintel-retention')
export class LintelRetention extends LitElement {
  static override styles = [controls, page, pagePart, field, peopleStyles];

  @consume({ context: vaultContext })
  @property({ attribute: false })
  vault!: Vault;

  @property({ attribute: false }) person!: Person;
  @query('input') private readonly input!: HTMLInputElement;
  readonly #work = new VaultWork(this);

  override render(): TemplateResult {
    const { retainUntilMs } = this.person;
    const nowMs = systemCalendar.epochMs();
    const isFar = retentionState(retainUntilMs, nowMs) === 'far';
    return html`<form class="card padded" @submit=${this.#submitted}>
      <p class="badge ${isFar ? '' : 'bad'}">${isFar ? '' : warningIcon}<span>${retentionText(retainUntilMs, nowMs)}</span></p>
      <label class="labelled">
        <span>${msg('Keep until the end of')}</span>
        <input
          class="field"
          type="date"
          required
          min=${fileDate(nowMs)}
          max=${fileDate(nowMs + mostYears * defaultRetentionDays * dayMs)}
          .value=${live(fileDate(retainUntilMs))}
        />
        <span class="hint">${msg('Longer only if the person agrees to it. Then everything kept of them is erased by itself.')}</span>
      </label>
      ${problem(this.#work.failure)}
      <div class="actions">
        <button class="button" ?disabled=${this.#work.runs}>${msg('Save the date')}</button>
        <button type="button" class="button" ?disabled=${this.#work.runs} @click=${() => void this.#keep(nowMs + defaultRetentionDays * dayMs)}>${msg('A year from today')}</button>
      </div>
    </form>`;
  }

  readonly #submitted = (event: Event): void => {
    event.preventDefault();
    const untilMs = endOfDayMs(this.input.value);
    if (untilMs !== null) void this.#keep(untilMs);
  };

  async #keep(untilMs: number): Promise<void> {
    const saved = await this.#work.run(() => this.vault.extendRetention(this.person.id, untilMs));
    if (saved) tellChange(this, { person: saved.value, said: msg(str`Kept until ${longDate(saved.value.retainUntilMs)} now.`) });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lintel-retention': LintelRetention;
  }
}
