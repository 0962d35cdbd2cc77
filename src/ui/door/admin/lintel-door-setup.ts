import { localized, msg, str } from '@lit/localize';
import { LitElement, html, nothing } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { addIcon, checkIcon, warningIcon } from '../../icons/icons.ts';
import { controls } from '../../styles/controls.ts';
import { field } from '../../styles/field.ts';
import { page } from '../../styles/page.ts';
import { pagePart } from '../../styles/page-part.ts';
import { adminStyles } from './admin-styles.ts';
import type { DoorOffice, DoorPlan, DoorRisk } from './door-office.ts';
import { usualPlan } from './door-office.ts';
import './lintel-door-notice.ts';
import './lintel-door-pairing.ts';
import './lintel-door-rules.ts';
import './lintel-owner-pin.ts';

const steps = ['owner', 'passkey', 'name', 'bridge', 'rules', 'notice', 'done'] as const;
type Step = (typeof steps)[number];

/**
 * The owner's first walk: PIN, the lock of the device, the door's name, its bridge, who may open, what visitors read. Each
 * step is kept before the next one opens; a reload goes on behind the PIN.
 *
 * @fires set-up-done
 */
@localized()
@customElement('lintel-door-setup')
export class LintelDoorSetup extends LitElement {
  static override styles = [controls, page, pagePart, field, adminStyles];

  @property({ attribute: false }) office: DoorOffice | null = null;
  @state() private step: Step = 'owner';
  @state() private plan: DoorPlan = usualPlan;
  @state() private risk: DoorRisk | null = null;
  /** How many people may come in; null where that cannot be read. */
  @state() private enrolled: number | null = null;
  @state() private failed = false;
  @state() private busy = false;
  @query('h1') private readonly heading!: HTMLElement;

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.office) void this.#begin(this.office);
  }

  override updated(changed: PropertyValues): void {
    if (changed.has('step') && changed.get('step') !== undefined) this.heading.focus();
  }

  override render(): TemplateResult {
    const place = steps.indexOf(this.step) + 1;
    return html`<p class="hint">${this.step === 'done' ? nothing : msg(str`Step ${place} of ${steps.length - 1}`)}</p>
      <h1 tabindex="-1">${titles()[this.step]}</h1>
      <div class="stack">
        ${this.#content()}
        <p class="badge bad said" role="alert">${this.failed ? html`${warningIcon}${msg('It could not be kept on this device. Free some space and try again.')}` : nothing}</p>
      </div>`;
  }

  #content(): TemplateResult | typeof nothing {
    switch (this.step) {
      case 'owner':
        return html`<p class="lead">${msg('Whoever knows this PIN can change the door. Nothing leaves this device.')}</p>
          <lintel-owner-pin .label=${msg('PIN of the owner')} .hint=${msg('Six digits or more. It guards these pages, not the door.')} @pin-chosen=${(event: CustomEvent<string>) => void this.#keep((office) => office.setOwnerPin(event.detail), this.office?.registerPasskey ? 'passkey' : 'name')}></lintel-owner-pin>`;
      case 'passkey':
        return html`<p class="lead">${msg('The fingerprint, face or PIN lock of this device can stand for your PIN. It is a convenience: the PIN goes on to work.')}</p>
          <div class="actions">
            <button class="button primary" ?disabled=${this.busy} @click=${() => void this.#keep((office) => office.registerPasskey?.(msg('This device')) ?? null, 'name')}>${msg('Use the lock of this device')}</button>
            <button class="button" @click=${() => (this.step = 'name')}>${msg('Not now')}</button>
          </div>`;
      case 'name':
        return html`<form @submit=${this.#named}>
          <label class="labelled">
            ${msg('Name of the door')}
            <input class="field" name="door" autocomplete="off" maxlength="64" required .value=${this.plan.doorName} />
            <span class="hint">${msg('As visitors read it, for instance “Workshop, front door”.')}</span>
          </label>
          <div class="actions"><button class="button primary">${msg('Go on')}</button></div>
        </form>`;
      case 'bridge':
        return html`<lintel-door-pairing .office=${this.office} .kioskName=${this.plan.doorName}></lintel-door-pairing>
          ${this.#next('rules')}`;
      case 'rules':
        return html`<lintel-door-rules .plan=${this.plan} .risk=${this.risk} cards @plan-changed=${this.#changed}></lintel-door-rules>
          ${this.#next('notice')}`;
      case 'notice':
        return html`<lintel-door-notice .plan=${this.plan} @plan-changed=${this.#changed}></lintel-door-notice>
          ${this.#next('done')}`;
      case 'done':
        return html`<p class="lead">${msg('What is left: hang the screen up. Hold the corner of the screen down to come back here.')}</p>
          ${this.enrolled === 0 ? html`<p class="lead">${msg('Nobody is enrolled yet, so the door opens for nobody. Enrol the first person, then set their PIN on the door’s page.')}</p>` : nothing}
          <div class="actions">
            ${this.enrolled === 0 ? html`<a class="button primary" href="/people/enrol">${addIcon}${msg('Enrol someone')}</a>` : nothing}
            <button class="button ${this.enrolled === 0 ? '' : 'primary'}" @click=${() => this.dispatchEvent(new CustomEvent('set-up-done'))}>${checkIcon}${msg('To the door’s page')}</button>
          </div>`;
    }
  }

  /** Keeps the plan, then opens the next step. */
  #next(to: Step): TemplateResult {
    return html`<div class="actions">
      <button class="button" ?disabled=${this.busy} @click=${() => (this.step = steps[Math.max(2, steps.indexOf(this.step) - 1)] ?? 'name')}>${msg('Back')}</button>
      <button class="button primary" ?disabled=${this.busy} @click=${() => void this.#keep((office) => office.savePlan(this.plan), to)}>${msg('Go on')}</button>
    </div>`;
  }

  readonly #named = (event: SubmitEvent): void => {
    event.preventDefault();
    const name = new FormData(event.target as HTMLFormElement).get('door');
    if (typeof name !== 'string' || name.trim() === '') return;
    this.plan = { ...this.plan, doorName: name.trim() };
    void this.#keep((office) => office.savePlan(this.plan), 'bridge');
  };

  readonly #changed = (event: CustomEvent<Partial<DoorPlan>>): void => {
    this.plan = { ...this.plan, ...event.detail };
  };

  async #keep(work: (office: DoorOffice) => ReturnType<DoorOffice['savePlan']> | null, next: Step): Promise<void> {
    if (!this.office) return;
    this.busy = true;
    try {
      const kept = await work(this.office);
      this.failed = kept?.ok === false;
      if (!this.failed) this.step = next;
    } finally {
      this.busy = false;
    }
  }

  /** A walk that was broken off goes on behind the PIN. */
  async #begin(office: DoorOffice): Promise<void> {
    this.risk = await office.risk();
    const holders = await office.holders();
    this.enrolled = holders.ok ? holders.value.length : null;
    if (!(await office.guard.hasOwner())) return;
    const plan = await office.plan();
    this.plan = (plan.ok ? plan.value : null) ?? usualPlan;
    this.step = this.plan.doorName === '' ? 'name' : 'bridge';
  }
}

function titles(): Readonly<Record<Step, string>> {
  return {
    owner: msg('Who owns this door?'),
    passkey: msg('A quicker way in for you'),
    name: msg('What is this door called?'),
    bridge: msg('What opens it?'),
    rules: msg('Who may open it?'),
    notice: msg('What do visitors read?'),
    done: msg('The door is set up'),
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'lintel-door-setup': LintelDoorSetup;
  }
}
