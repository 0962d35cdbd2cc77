import { localized, msg, str } from '@lit/localize';
import { LitElement, html } from 'lit';
import type { TemplateResult } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { usualPulseMs } from '../../../store/index.ts';
import { formatSeconds } from '../../i18n/format.ts';
import { checkIcon, warningIcon } from '../../icons/icons.ts';
import { controls } from '../../styles/controls.ts';
import { field } from '../../styles/field.ts';
import { page } from '../../styles/page.ts';
import { pagePart } from '../../styles/page-part.ts';
import { adminStyles } from './admin-styles.ts';
import { notKeptText, outcomeText, relayFailureText, testFailureText } from './door-failure-texts.ts';
import type { DoorOffice, RelayOffice, RelayState } from './door-office.ts';
import type { Said } from './said-line.ts';
import { saidLine } from './said-line.ts';
import { Undertaking } from './undertaking.ts';

const pulses = [500, 1000, 2000, 3000, 5000, 10_000] as const;

/**
 * The way without a bridge: a relay board on this device's own USB port. The owner chooses it from the browser's list, and
 * opens the door once to see.
 *
 * @fires relay-changed - detail: RelayState or null
 */
@localized()
@customElement('lintel-door-relay')
export class LintelDoorRelay extends LitElement {
  static override styles = [controls, page, pagePart, field, adminStyles];

  @property({ attribute: false }) office: DoorOffice | null = null;
  @property({ attribute: false }) relay: RelayState | null = null;
  @query('select') private readonly length!: HTMLSelectElement | null;
  readonly #doing = new Undertaking(this);

  override render(): TemplateResult {
    return html`<fieldset>
      <legend>${msg('A relay on this device’s own USB port')}</legend>
      <p class="hint">${msg('Weaker than the bridge: keep the board and its cable out of a visitor’s reach, and know that nothing confirms that the lock moved.')}</p>
      ${this.relay ? this.#chosen(this.relay) : this.#choice()} ${saidLine(this.#doing.said)}
    </fieldset>`;
  }

  #choice(): TemplateResult {
    return html`<label class="labelled">
        ${msg('How long the relay is on')}
        <select class="select">
          ${pulses.map((ms) => html`<option value=${ms} ?selected=${ms === usualPulseMs}>${formatSeconds(ms)}</option>`)}
        </select>
        <span class="hint">${msg('For boards of the kind LCUS-1. Where the browser forgets a board that was unplugged, the door stays shut until you choose it here again.')}</span>
      </label>
      <div class="actions"><button class="button" ?disabled=${this.#doing.isBusy} @click=${() => void this.#choose()}>${msg('Choose the relay…')}</button></div>`;
  }

  #chosen({ pulseMs, isThere }: RelayState): TemplateResult {
    return html`<p class="badge ${isThere ? 'good' : 'bad'}">
        ${isThere
          ? html`${checkIcon}${msg(str`The relay is plugged in. It is on for ${formatSeconds(pulseMs)}.`)}`
          : html`${warningIcon}${msg('The relay is not there, so the door stays shut. Plug it in; if it is, forget it and choose it again.')}`}
      </p>
      <div class="actions">
        <button class="button primary" ?disabled=${this.#doing.isBusy} @click=${() => void this.#test()}>${this.#doing.isBusy ? msg('Asking the door…') : msg('Open the door once')}</button>
        <button class="button" ?disabled=${this.#doing.isBusy} @click=${() => void this.#forget()}>${msg('Forget this relay')}</button>
      </div>`;
  }

  async #choose(): Promise<void> {
    const pulseMs = Number(this.length?.value ?? usualPulseMs);
    await this.#during(async (relays) => {
      const chosen = await relays.choose(pulseMs);
      if (!chosen.ok) return { good: false, text: relayFailureText(chosen.failure.code) };
      this.#set(chosen.value);
      return { good: true, text: msg('The relay is chosen. Now open the door once, to see that it does.') };
    });
  }

  async #test(): Promise<void> {
    await this.#during(async (relays, office) => {
      const tested = await office.testPulse();
      const now = await relays.chosen();
      if (now.ok) this.#set(now.value);
      return tested.ok ? outcomeText(tested.value) : { good: false, text: testFailureText(tested.failure.code) };
    });
  }

  async #forget(): Promise<void> {
    await this.#during(async (relays) => {
      const forgotten = await relays.forget();
      if (!forgotten.ok) return { good: false, text: notKeptText() };
      this.#set(null);
      return null;
    });
  }

  async #during(work: (relays: RelayOffice, office: DoorOffice) => Promise<Said | null>): Promise<void> {
    const { office } = this;
    const relays = office?.relay;
    if (relays) await this.#doing.run(() => work(relays, office));
  }

  #set(relay: RelayState | null): void {
    this.relay = relay;
    this.dispatchEvent(new CustomEvent<RelayState | null>('relay-changed', { detail: relay }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lintel-door-relay': LintelDoorRelay;
  }
}
