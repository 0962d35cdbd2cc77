import { localized, msg, str } from '@lit/localize';
import { LitElement, css, html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { longDate } from '../../people/date-texts.ts';
import { controls } from '../../styles/controls.ts';
import { page } from '../../styles/page.ts';
import { pagePart } from '../../styles/page-part.ts';
import { adminStyles } from './admin-styles.ts';
import { unchangedText } from './door-failure-texts.ts';
import type { CardHolder, DoorOffice, MadeCard } from './door-office.ts';
import { printCard } from './lintel-card-sheet.ts';
import { qrDrawing } from './qr-drawing.ts';
import type { Said } from './said-line.ts';
import { saidLine } from './said-line.ts';
import { Undertaking } from './undertaking.ts';

/** Who has a card for this door. A new one is shown and printed once; it takes the place of the one before. */
@localized()
@customElement('lintel-person-cards')
export class LintelPersonCards extends LitElement {
  static override styles = [
    controls,
    page,
    pagePart,
    adminStyles,
    css`
      .made {
        display: grid;
        justify-items: center;
        gap: var(--gap-3);
        padding: var(--gap-4);
        text-align: center;
      }
      .qr {
        inline-size: min(320px, 100%);
        block-size: auto;
        border-radius: var(--radius-s);
      }
    `,
  ];

  @property({ attribute: false }) office: DoorOffice | null = null;
  @property() doorName = '';
  @state() private holders: readonly CardHolder[] | null = null;
  readonly #doing = new Undertaking(this);
  @state() private made: { readonly id: string; readonly card: MadeCard } | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#read().then((said) => this.#doing.say(said));
  }

  override render(): TemplateResult | typeof nothing {
    const { holders } = this;
    if (!holders) return nothing;
    return html`${saidLine(this.#doing.said)}
      ${holders.length === 0
        ? html`<p class="lead">${msg('Nobody is enrolled yet.')}</p>`
        : html`<ul class="card">
            ${holders.map((holder) => this.#row(holder))}
          </ul>`}`;
  }

  #row({ id, name, untilMs }: CardHolder): TemplateResult {
    return html`<li>
      <div class="row">
        <span class="text"><span class="name">${name}</span><span class="hint">${untilMs === null ? msg('has no card') : msg(str`has a card until ${longDate(untilMs)}`)}</span></span>
        <button class="button" ?disabled=${this.#doing.isBusy} @click=${() => void this.#give(id)}>${untilMs === null ? msg('Make a card') : msg('New card')}<span class="visually-hidden">: ${name}</span></button>
        ${untilMs === null
          ? nothing
          : html`<button class="button danger" ?disabled=${this.#doing.isBusy} @click=${() => void this.#callOff(id, name)}>${msg('Call it off')}<span class="visually-hidden">: ${name}</span></button>`}
      </div>
      ${this.made?.id === id ? this.#shown(this.made.card) : nothing}
    </li>`;
  }

  #shown(card: MadeCard): TemplateResult {
    return html`<div class="made">
      ${qrDrawing(card.text)}
      <p class="lead">${msg('Print it now: it is not shown again. Whoever photographs it has a copy; a card alone never opens the door.')}</p>
      <div class="actions">
        <button class="button primary" @click=${() => printCard(card, this.doorName)}>${msg('Print the card')}</button>
        <button class="button" @click=${() => (this.made = null)}>${msg('Done')}</button>
      </div>
    </div>`;
  }

  async #give(id: string): Promise<void> {
    await this.#during(async (office) => {
      const given = await office.giveCard(id);
      this.made = given.ok ? { id, card: given.value } : null;
      return given.ok ? { good: true, text: msg(str`${given.value.name} has a card now. One from before opens nothing any more.`) } : null;
    });
  }

  async #callOff(id: string, name: string): Promise<void> {
    await this.#during(async (office) => {
      const done = await office.callOffCard(id);
      this.made = null;
      return done.ok ? { good: true, text: msg(str`The card of ${name} opens nothing any more.`) } : null;
    });
  }

  /** @param work null: it could not be kept */
  async #during(work: (office: DoorOffice) => Promise<Said | null>): Promise<void> {
    const { office } = this;
    if (!office) return;
    await this.#doing.run(async () => {
      const done = await work(office);
      const read = await this.#read();
      return read ?? done ?? { good: false, text: unchangedText() };
    });
  }

  /** @returns what there is to say of it: null where it went well */
  async #read(): Promise<Said | null> {
    const read = await this.office?.cardHolders();
    if (!read) return null;
    this.holders = read.ok ? read.value : (this.holders ?? []);
    return read.ok ? null : { good: false, text: msg('What is known of the cards cannot be read. No card is taken at the door.') };
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lintel-person-cards': LintelPersonCards;
  }
}
