import { consume } from '@lit/context';
import { localized, msg, str } from '@lit/localize';
import { LitElement, html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { systemCalendar } from '../../base/index.ts';
import type { Descriptor } from '../../faces/index.ts';
import type { Person, Vault } from '../../store/index.ts';
import { vaultContext } from '../contexts.ts';
import { warningIcon } from '../icons/icons.ts';
import { controls } from '../styles/controls.ts';
import { page } from '../styles/page.ts';
import { pagePart } from '../styles/page-part.ts';
import { peopleStyles } from './people-styles.ts';
import { problem } from './problem.ts';
import { VaultWork } from './vault-work.ts';

/** A mistake that was noted. */
export interface NotThem {
  readonly person: Person;
  readonly said: string;
}

/**
 * "This is not Ana": keeps the numbers of a face with the person for whom it was taken, once whoever it is has agreed.
 *
 * @fires mistake-noted - NotThem
 * @fires mistake-dropped
 */
@localized()
@customElement('lintel-not-them')
export class LintelNotThem extends LitElement {
  static override styles = [controls, page, pagePart, peopleStyles];

  @consume({ context: vaultContext })
  @property({ attribute: false })
  vault!: Vault;

  @property({ attribute: false }) person!: Person;
  @property({ attribute: false }) descriptor!: Descriptor;
  @state() private asked = false;
  @query('h2') private readonly heading!: HTMLElement;
  @query('input') private readonly tick!: HTMLInputElement;
  readonly #work = new VaultWork(this);

  override firstUpdated(): void {
    this.heading.focus();
  }

  override render(): TemplateResult {
    const { name } = this.person;
    return html`<form class="card padded" novalidate @submit=${this.#submitted}>
      <h2 tabindex="-1">${msg(str`This is not ${name}`)}</h2>
      <p>${msg(str`The numbers of this face can be kept with ${name}'s record, so that the door does not take it for ${name} again. No name and no picture is kept, and they are erased together with ${name}.`)}</p>
      <label class="tick">
        <input type="checkbox" required aria-invalid=${this.asked ? 'true' : 'false'} aria-describedby="ask" @change=${() => (this.asked = false)} />
        <span>${msg('The person before the camera was told this, and agrees.')}</span>
      </label>
      <p id="ask" class="badge bad" role="alert" ?hidden=${!this.asked}>${this.asked ? html`${warningIcon}<span>${msg('Tick the box first: without consent nothing is kept.')}</span>` : nothing}</p>
      ${problem(this.#work.failure)}
      <div class="actions">
        <button type="button" class="button" ?disabled=${this.#work.runs} @click=${() => this.dispatchEvent(new CustomEvent('mistake-dropped'))}>${msg('Keep nothing')}</button>
        <button class="button primary" ?disabled=${this.#work.runs}>${msg('Keep as an example')}</button>
      </div>
    </form>`;
  }

  readonly #submitted = (event: Event): void => {
    event.preventDefault();
    this.asked = !this.tick.checked;
    if (this.asked) this.tick.focus();
    else void this.#keep();
  };

  async #keep(): Promise<void> {
    const template = { ...this.descriptor, quality: 1, takenAtMs: systemCalendar.epochMs() };
    const kept = await this.#work.run(() => this.vault.addNegative(this.person.id, template));
    if (kept) this.dispatchEvent(new CustomEvent<NotThem>('mistake-noted', { detail: { person: kept.value, said: msg(str`Noted: this face is not ${kept.value.name}.`) } }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lintel-not-them': LintelNotThem;
  }
}
