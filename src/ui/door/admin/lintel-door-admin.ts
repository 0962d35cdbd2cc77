import { localized, msg } from '@lit/localize';
import { LitElement, css, html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { lostText } from '../../app/lost-text.ts';
import { cameFrom, goTo } from '../../app/router.ts';
import { lockIcon, warningIcon } from '../../icons/icons.ts';
import { controls } from '../../styles/controls.ts';
import { field } from '../../styles/field.ts';
import { page } from '../../styles/page.ts';
import '../lintel-owner-gate.ts';
import { adminStyles } from './admin-styles.ts';
import type { DoorOffice, DoorPlan, DoorRisk } from './door-office.ts';
import './lintel-door-health.ts';
import './lintel-door-notice.ts';
import './lintel-door-pairing.ts';
import './lintel-door-pause.ts';
import './lintel-door-record.ts';
import './lintel-door-rules.ts';
import './lintel-door-setup.ts';
import './lintel-person-cards.ts';
import './lintel-person-pins.ts';

/** The owner's pages of a door, behind the owner's PIN: set-up, test, record, health, rules. */
@localized()
@customElement('lintel-door-admin')
export class LintelDoorAdmin extends LitElement {
  static override styles = [
    controls,
    page,
    field,
    adminStyles,
    css`
      lintel-owner-gate {
        position: fixed;
        inset: 0;
        z-index: 20;
      }
      .head {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        justify-content: space-between;
        gap: var(--gap-2) var(--gap-4);
      }
    `,
  ];

  @property({ attribute: false }) office: DoorOffice | null = null;
  @state() private view: 'reading' | 'gate' | 'setup' | 'page' | 'broken' | 'lost' = 'reading';
  @state() private plan: DoorPlan | null = null;
  @state() private risk: DoorRisk | null = null;
  @state() private failed = false;

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#open();
  }

  override render(): TemplateResult | typeof nothing {
    switch (this.view) {
      case 'reading':
        return this.office ? nothing : html`<h1 tabindex="-1">${msg('Door')}</h1>`;
      case 'gate':
        return html`<lintel-owner-gate .guard=${this.office?.guard ?? null} @owner-in=${() => void this.#open()} @owner-away=${() => this.#away()}></lintel-owner-gate>`;
      case 'setup':
        return html`<lintel-door-setup .office=${this.office} @set-up-done=${() => void this.#open()}></lintel-door-setup>`;
      case 'broken':
        return html`<h1 tabindex="-1">${msg('Door')}</h1>
          <p class="badge bad" role="alert">${warningIcon}${msg('What the door keeps on this device cannot be read. The door stays shut.')}</p>`;
      case 'lost':
        return html`<h1 tabindex="-1">${msg('Door')}</h1>
          <p class="badge bad" role="alert">${warningIcon}${lostText(['door'])}</p>`;
      case 'page':
        return this.plan ? this.#page(this.plan) : nothing;
    }
  }

  #page(plan: DoorPlan): TemplateResult {
    const { office, risk } = this;
    return html`<div class="head">
        <h1 tabindex="-1">${plan.doorName}</h1>
        <div class="actions">
          <button class="button" @click=${() => this.#lock()}>${lockIcon}${msg('Lock these pages')}</button>
          <a class="button primary" href="/door">${msg('Show the screen')}</a>
        </div>
      </div>
      <p class="badge bad said" role="alert">${this.failed ? html`${warningIcon}${msg('It could not be kept on this device. Free some space and try again.')}` : nothing}</p>
      <h2>${msg('Service')}</h2>
      <div class="card padded"><lintel-door-pause .office=${office}></lintel-door-pause></div>
      <h2>${msg('Health')}</h2>
      <lintel-door-health .office=${office}></lintel-door-health>
      <h2>${msg('What opens it?')}</h2>
      <div class="card padded"><lintel-door-pairing .office=${office} .kioskName=${plan.doorName}></lintel-door-pairing></div>
      <h2>${msg('Record')}</h2>
      <lintel-door-record .office=${office}></lintel-door-record>
      <h2>${msg('Who may open it?')}</h2>
      <div class="card padded"><lintel-door-rules .plan=${plan} .risk=${risk} cards @plan-changed=${this.#changed}></lintel-door-rules></div>
      <h2>${msg('What do visitors read?')}</h2>
      <div class="card padded"><lintel-door-notice .plan=${plan} @plan-changed=${this.#changed}></lintel-door-notice></div>
      <h2>${msg('People')}</h2>
      <lintel-person-pins .office=${office}></lintel-person-pins>
      <h2>${msg('Cards')}</h2>
      <lintel-person-cards .office=${office} .doorName=${plan.doorName}></lintel-person-cards>`;
  }

  /** Nobody owns it yet: set-up. Somebody does: the PIN first, then what is left of the set-up, or the page. */
  async #open(): Promise<void> {
    const { office } = this;
    if (!office) return;
    if (!(await office.guard.hasOwner())) {
      this.view = office.isLost() ? 'lost' : 'setup';
      return;
    }
    if (!office.guard.isIn) {
      this.view = 'gate';
      return;
    }
    const plan = await office.plan();
    if (!plan.ok) {
      this.view = 'broken';
      return;
    }
    this.plan = plan.value;
    this.risk = await office.risk();
    this.view = plan.value === null || plan.value.doorName === '' ? 'setup' : 'page';
  }

  readonly #changed = async (event: CustomEvent<Partial<DoorPlan>>): Promise<void> => {
    if (!this.plan || !this.office) return;
    const before = this.plan;
    this.plan = { ...before, ...event.detail };
    const kept = await this.office.savePlan(this.plan);
    this.failed = !kept.ok;
    if (!kept.ok) this.plan = before;
  };

  /** Who came from a page of the app goes back there. Else it may be a visitor before a screen that was left here: they see the door. */
  #away(): void {
    const from = cameFrom();
    goTo(this, from === null || from === '/door/admin' ? '/door' : from);
  }

  #lock(): void {
    this.office?.guard.leave();
    this.view = 'gate';
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lintel-door-admin': LintelDoorAdmin;
  }
}
