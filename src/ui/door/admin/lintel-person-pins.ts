import { localized, msg, str } from '@lit/localize';
import { LitElement, html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { controls } from '../../styles/controls.ts';
import { page } from '../../styles/page.ts';
import { pagePart } from '../../styles/page-part.ts';
import { adminStyles } from './admin-styles.ts';
import { unchangedText } from './door-failure-texts.ts';
import type { DoorOffice, PinHolder } from './door-office.ts';
import './lintel-owner-pin.ts';
import { saidLine } from './said-line.ts';
import { Undertaking } from './undertaking.ts';

/** Who has a PIN for this door; each is typed by its person, twice, on this screen. */
@localized()
@customElement('lintel-person-pins')
export class LintelPersonPins extends LitElement {
  static override styles = [controls, page, pagePart, adminStyles];

  @property({ attribute: false }) office: DoorOffice | null = null;
  @state() private holders: readonly PinHolder[] | null = null;
  @state() private openId: string | null = null;
  readonly #doing = new Undertaking(this);

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#read();
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

  #row(holder: PinHolder): TemplateResult {
    const { id, name, hasPin } = holder;
    return html`<li>
      <div class="row">
        <span class="text"><span class="name">${name}</span><span class="hint">${pinText(hasPin)}</span></span>
        <button class="button" aria-expanded=${this.openId === id ? 'true' : 'false'} ?disabled=${this.#doing.isBusy} @click=${() => (this.openId = this.openId === id ? null : id)}>
          ${hasPin ? msg('New PIN') : msg('Set a PIN')}<span class="visually-hidden">: ${name}</span>
        </button>
        ${hasPin
          ? html`<button class="button danger" ?disabled=${this.#doing.isBusy} @click=${() => void this.#set(holder, null)}>${msg('Take it away')}<span class="visually-hidden">: ${name}</span></button>`
          : nothing}
      </div>
      ${this.openId === id
        ? html`<div class="padded">
            <lintel-owner-pin
              .label=${msg(str`PIN of ${name}`)}
              .hint=${msg('Let them type it themselves. It is stored so that nobody can read it.')}
              @pin-chosen=${(event: CustomEvent<string>) => void this.#set(holder, event.detail)}
            ></lintel-owner-pin>
          </div>`
        : nothing}
    </li>`;
  }

  async #set({ id, name }: PinHolder, pin: string | null): Promise<void> {
    const { office } = this;
    if (!office) return;
    await this.#doing.run(async () => {
      const kept = await office.setPersonPin(id, pin);
      this.openId = null;
      if (!kept.ok) return { good: false, text: unchangedText() };
      await this.#read();
      return { good: true, text: pin === null ? msg(str`${name} has no PIN any more.`) : msg(str`${name} has a PIN now.`) };
    });
  }

  async #read(): Promise<void> {
    const read = await this.office?.holders();
    if (read?.ok) this.holders = read.value;
    else if (read) this.#doing.say({ good: false, text: msg('The list of people cannot be read.') });
  }
}

function pinText(hasPin: boolean | null): string {
  if (hasPin === null) return msg('cannot be read');
  return hasPin ? msg('has a PIN') : msg('has no PIN');
}

declare global {
  interface HTMLElementTagNameMap {
    'lintel-person-pins': LintelPersonPins;
  }
}
