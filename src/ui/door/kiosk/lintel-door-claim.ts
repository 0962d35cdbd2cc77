import { localized, msg } from '@lit/localize';
import { LitElement, css, html, nothing } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { ClaimWay, KioskInput, KnownPerson } from '../../../kiosk/index.ts';
import { field } from '../../styles/field.ts';
import { controls } from '../../styles/controls.ts';
import { cardSign, keyboardSign, nameSign } from './door-icons.ts';
import { kioskButtons } from './kiosk-buttons.ts';

/** What somebody said of who they are. */
export type Claim = Extract<KioskInput, { type: 'claim' | 'claim-name' | 'card' }>;

/** From so many names on, the list has a field that narrows it. */
const searchFrom = 9;

/**
 * "Who are you?": the list of names, a name to type, or a card to hold up, as far as the owner allows them.
 *
 * @fires claimed - detail: Claim
 * @fires way-chosen - detail: ClaimWay or null; 'card' asks the camera to look for one
 */
@localized()
@customElement('lintel-door-claim')
export class LintelDoorClaim extends LitElement {
  static override styles = [
    controls,
    field,
    kioskButtons,
    css`
      :host {
        display: grid;
        gap: var(--gap-4);
        min-block-size: 0;
        align-content: end;
      }
      .names {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(min(220px, 100%), 1fr));
        gap: 12px;
        min-block-size: 0;
        max-block-size: min(420px, 44vh);
        padding: 4px;
        overflow: auto;
      }
      .names .big {
        inline-size: 100%;
        justify-content: start;
        text-align: start;
      }
      form,
      .search {
        display: grid;
        gap: var(--gap-3);
      }
      .field {
        min-block-size: 72px;
        padding-inline: 20px;
        border-color: rgb(255 255 255 / 0.4);
        border-radius: 18px;
        background: rgb(255 255 255 / 0.08);
        color: inherit;
        font-size: 1.5rem;
      }
      label {
        font-size: 1.125rem;
      }
    `,
  ];

  @property({ attribute: false }) ways: readonly ClaimWay[] = [];
  @property({ attribute: false }) people: readonly KnownPerson[] = [];
  /** Why the card is typed: this browser has no reader for square codes. */
  @property({ type: Boolean }) cardTyped = false;

  @state() private way: ClaimWay | null = null;
  @state() private filter = '';
  @query('input') private readonly input!: HTMLInputElement | null;
  @query('.names button, input, .step') private readonly first!: HTMLElement | null;

  override updated(changed: PropertyValues): void {
    if (changed.has('way') && changed.get('way') !== undefined) this.first?.focus();
  }

  override render(): TemplateResult {
    const way = this.way ?? (this.ways.length === 1 ? (this.ways[0] ?? null) : null);
    if (way === null) return html`${this.ways.map((each) => this.#choice(each))}`;
    return html`${this.#step(way)}${this.ways.length > 1
      ? html`<button class="big quiet" @click=${() => this.#choose(null)}>${msg('Back')}</button>`
      : nothing}`;
  }

  #choice(way: ClaimWay): TemplateResult {
    const { sign, name } = {
      list: { sign: nameSign, name: msg('Choose my name') },
      typed: { sign: keyboardSign, name: msg('Type my name') },
      card: { sign: cardSign, name: msg('Show my card') },
    }[way];
    return html`<button class="big step" @click=${() => this.#choose(way)}>${sign}${name}</button>`;
  }

  #step(way: ClaimWay): TemplateResult {
    if (way === 'list') return this.#list();
    if (way === 'typed') return this.#form(msg('Your name'), msg('Go on'), (name) => ({ type: 'claim-name', name }));
    return this.cardTyped
      ? this.#form(msg('The text under the code of your card'), msg('Go on'), (text) => ({ type: 'card', text }))
      : html`<p class="step" tabindex="-1">${msg('Hold the code of your card up to the camera, flat, a hand’s breadth away.')}</p>`;
  }

  #list(): TemplateResult {
    const wanted = this.filter.toLocaleLowerCase();
    const shown = this.people.filter(({ name }) => name.toLocaleLowerCase().includes(wanted));
    return html`${this.people.length >= searchFrom
        ? html`<label class="search"
            >${msg('Search')}<input class="field" autocomplete="off" spellcheck="false" .value=${this.filter} @input=${this.#filtered}
          /></label>`
        : nothing}
      <ul class="names" aria-label=${msg('Names')}>
        ${shown.map(
          (person) => html`<li><button class="big" @click=${() => this.#claim({ type: 'claim', personId: person.personId })}>${person.name}</button></li>`,
        )}
      </ul>
      ${shown.length === 0 ? html`<p role="status">${msg('No name fits.')}</p>` : nothing}`;
  }

  #form(label: string, button: string, claimOf: (text: string) => Claim): TemplateResult {
    const sent = (event: Event): void => {
      event.preventDefault();
      const text = this.input?.value.trim() ?? '';
      if (text !== '') this.#claim(claimOf(text));
    };
    return html`<form @submit=${sent}>
      <label class="search">${label}<input class="field" autocomplete="off" autocapitalize="words" spellcheck="false" maxlength="4096" /></label>
      <button class="big primary">${button}</button>
    </form>`;
  }

  readonly #filtered = (event: Event): void => {
    this.filter = (event.target as HTMLInputElement).value;
  };

  #choose(way: ClaimWay | null): void {
    this.way = way;
    this.filter = '';
    this.dispatchEvent(new CustomEvent<ClaimWay | null>('way-chosen', { detail: way }));
  }

  #claim(claim: Claim): void {
    this.dispatchEvent(new CustomEvent<Claim>('claimed', { detail: claim }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lintel-door-claim': LintelDoorClaim;
  }
}
