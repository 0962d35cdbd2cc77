import { localized, msg, str } from '@lit/localize';
import { LitElement, html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { controls } from '../../styles/controls.ts';
import { field } from '../../styles/field.ts';
import { page } from '../../styles/page.ts';
import { pagePart } from '../../styles/page-part.ts';
import { adminStyles } from './admin-styles.ts';
import type { DoorPlan } from './door-office.ts';

/** What stands at the door where the owner has written nothing. */
export function usualNotice(): string {
  return msg('A camera compares your face with the people who agreed to it. No picture is kept or sent anywhere. You can always use your PIN.');
}

/**
 * What visitors read at the door, and the quiet hour of the app.
 *
 * @fires plan-changed - detail: Partial<DoorPlan>
 */
@localized()
@customElement('lintel-door-notice')
export class LintelDoorNotice extends LitElement {
  static override styles = [controls, page, pagePart, field, adminStyles];

  @property({ attribute: false }) plan: DoorPlan | null = null;

  override render(): TemplateResult | typeof nothing {
    const { plan } = this;
    if (!plan) return nothing;
    return html`<div class="stack">
      <label class="labelled">
        ${msg('Privacy notice at the door')}
        <textarea
          class="field"
          maxlength="600"
          .value=${live(plan.notice)}
          placeholder=${usualNotice()}
          @change=${(event: Event) => this.#change({ notice: (event.target as HTMLTextAreaElement).value.trim() })}
        ></textarea>
        <span class="hint">${msg('It is always on the screen. Say who runs this door and whom to ask. Empty: the text in grey.')}</span>
      </label>
      <label class="labelled">
        ${msg('Quiet hour')}
        <select class="select" @change=${(event: Event) => this.#change({ quietHour: Number((event.target as HTMLSelectElement).value) })}>
          ${Array.from({ length: 24 }, (_, hour) => html`<option value=${hour} .selected=${hour === plan.quietHour}>${hourText(hour)}</option>`)}
        </select>
        <span class="hint">${msg('In this hour the app may update and restart itself, while nobody is at the door.')}</span>
      </label>
    </div>`;
  }

  #change(change: Partial<DoorPlan>): void {
    this.dispatchEvent(new CustomEvent<Partial<DoorPlan>>('plan-changed', { detail: change }));
  }
}

function hourText(hour: number): string {
  const two = String(hour).padStart(2, '0');
  return msg(str`${two}:00 to ${two}:59`);
}

declare global {
  interface HTMLElementTagNameMap {
    'lintel-door-notice': LintelDoorNotice;
  }
}
