import { localized, msg, str } from '@lit/localize';
import { LitElement, html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { checkIcon } from '../../icons/icons.ts';
import { controls } from '../../styles/controls.ts';
import { field } from '../../styles/field.ts';
import { page } from '../../styles/page.ts';
import { pagePart } from '../../styles/page-part.ts';
import { adminStyles } from './admin-styles.ts';
import { notKeptText, outcomeText, pairFailureText, testFailureText } from './door-failure-texts.ts';
import type { DoorOffice, Pairing, RelayState } from './door-office.ts';
import './lintel-door-relay.ts';
import { saidLine } from './said-line.ts';
import { Undertaking } from './undertaking.ts';

/**
 * Joins this device to the bridge by the code that the bridge shows, or lets the owner choose a relay of its own where the
 * browser has serial ports; then the owner opens the door once to see.
 *
 * @fires pairing-changed - detail: Pairing or null
 */
@localized()
@customElement('lintel-door-pairing')
export class LintelDoorPairing extends LitElement {
  static override styles = [controls, page, pagePart, field, adminStyles];

  @property({ attribute: false }) office: DoorOffice | null = null;
  /** How the bridge lists this device. */
  @property() kioskName = '';
  @state() private pairing: Pairing | null = null;
  @state() private relay: RelayState | null = null;
  @query('input') private readonly code!: HTMLInputElement | null;
  readonly #doing = new Undertaking(this);

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#read();
  }

  override render(): TemplateResult {
    const { pairing, relay, office } = this;
    const bridge = html`${pairing ? this.#paired(pairing) : this.#form()} ${saidLine(this.#doing.said)}`;
    const own = html`<lintel-door-relay .office=${office} .relay=${relay} @relay-changed=${this.#relayChanged}></lintel-door-relay>`;
    return html`<div class="stack">${relay ? nothing : bridge} ${office?.relay && !pairing ? own : nothing}</div>`;
  }

  #form(): TemplateResult {
    return html`<form @submit=${this.#pair}>
      <label class="labelled">
        ${msg('Code of the bridge')}
        <input class="field code" autocomplete="off" autocapitalize="characters" spellcheck="false" maxlength="12" placeholder="K7QF-2M9X" />
        <span class="hint">${msg('Start the server with its door: it shows eight digits and letters, good for five minutes. They are never sent.')}</span>
      </label>
      <div class="actions"><button class="button primary" ?disabled=${this.#doing.isBusy}>${this.#doing.isBusy ? msg('Pairing…') : msg('Pair')}</button></div>
    </form>`;
  }

  #paired(pairing: Pairing): TemplateResult {
    return html`<p class="badge good">${checkIcon}${msg(str`Paired with “${pairing.doorName}”`)}</p>
      <div class="actions">
        <button class="button primary" ?disabled=${this.#doing.isBusy} @click=${() => void this.#test()}>${this.#doing.isBusy ? msg('Asking the door…') : msg('Open the door once')}</button>
        <button class="button" ?disabled=${this.#doing.isBusy} @click=${() => void this.#unpair()}>${msg('Undo the pairing')}</button>
      </div>`;
  }

  readonly #pair = async (event: Event): Promise<void> => {
    event.preventDefault();
    const { office, code } = this;
    if (!office || !code) return;
    await this.#doing.run(async () => {
      const paired = await office.pair(code.value, this.kioskName);
      if (!paired.ok) return { good: false, text: pairFailureText(paired.failure.code) };
      this.#set(paired.value);
      this.relay = null;
      return { good: true, text: msg('Both sides have proven the code. Now open the door once, to see that it does.') };
    });
  };

  async #test(): Promise<void> {
    const { office } = this;
    if (!office) return;
    await this.#doing.run(async () => {
      const tested = await office.testPulse();
      return tested.ok ? outcomeText(tested.value) : { good: false, text: testFailureText(tested.failure.code) };
    });
  }

  async #unpair(): Promise<void> {
    const { office } = this;
    if (!office) return;
    await this.#doing.run(async () => {
      const undone = await office.unpair();
      if (!undone.ok) return { good: false, text: notKeptText() };
      this.#set(null);
      return null;
    });
  }

  readonly #relayChanged = (event: CustomEvent<RelayState | null>): void => {
    this.relay = event.detail;
  };

  async #read(): Promise<void> {
    const chosen = await this.office?.relay?.chosen();
    this.relay = chosen?.ok ? chosen.value : null;
    this.#set((await this.office?.pairing()) ?? null);
  }

  #set(pairing: Pairing | null): void {
    this.pairing = pairing;
    this.dispatchEvent(new CustomEvent<Pairing | null>('pairing-changed', { detail: pairing }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lintel-door-pairing': LintelDoorPairing;
  }
}
