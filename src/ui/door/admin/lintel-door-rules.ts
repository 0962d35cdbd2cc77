import { localized, msg, str } from '@lit/localize';
import { LitElement, html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { systemCalendar } from '../../../base/index.ts';
import type { ClaimWay } from '../../../kiosk/index.ts';
import { claimWays } from '../../../kiosk/index.ts';
import { currentLocale } from '../../i18n/localization.ts';
import { controls } from '../../styles/controls.ts';
import { page } from '../../styles/page.ts';
import { pagePart } from '../../styles/page-part.ts';
import { adminStyles } from './admin-styles.ts';
import type { DoorPlan, DoorRisk } from './door-office.ts';
import type { SignedText } from './lintel-face-alone.ts';
import { faceAloneTextVersion } from './lintel-face-alone.ts';
import './lintel-face-alone.ts';
import './lintel-target-rate.ts';

/**
 * Who may open, and by what: mode, ways to say a name, the second factor, how careful the face check is.
 *
 * @fires plan-changed - detail: Partial<DoorPlan>
 */
@localized()
@customElement('lintel-door-rules')
export class LintelDoorRules extends LitElement {
  static override styles = [controls, page, pagePart, adminStyles];

  @property({ attribute: false }) plan: DoorPlan | null = null;
  @property({ attribute: false }) risk: DoorRisk | null = null;
  /** Whether cards can be given out here; without that none is asked for. */
  @property({ type: Boolean }) cards = false;
  @state() private signing = false;

  override render(): TemplateResult | typeof nothing {
    const { plan } = this;
    if (!plan) return nothing;
    return html`<div class="stack">
      <fieldset>
        <legend>${msg('Whose face is it?')}</legend>
        ${this.#radio('mode', plan.mode === 'claimed', msg('People say who they are first'), msg('The face is compared with one person. The safest way.'), { mode: 'claimed' })}
        ${this.#radio('mode', plan.mode === 'anyone', msg('The face alone says it'), msg('The face is compared with everybody. The more people, the stricter each comparison has to be.'), {
          mode: 'anyone',
        })}
      </fieldset>
      ${plan.mode === 'claimed' ? this.#ways(plan) : nothing}
      <fieldset>
        <legend>${msg('What is needed beside the face?')}</legend>
        ${this.#radio('factor', plan.secondFactor === 'pin', msg('Their PIN'), null, { secondFactor: 'pin' })}
        ${this.cards || plan.secondFactor === 'card' ? this.#radio('factor', plan.secondFactor === 'card', msg('Their card'), msg('A square code that this door has signed. Make the cards on the door’s page; until the first is out, a PIN is asked for.'), { secondFactor: 'card' }) : nothing}
        <label class="tick">
          <input type="radio" name="factor" .checked=${live(plan.secondFactor === 'none')} @change=${() => (this.signing = true)} />
          <span>${msg('Nothing: the face alone opens')}<span class="hint">${this.#signature(plan)}</span></span>
        </label>
      </fieldset>
      ${this.signing
        ? html`<lintel-face-alone
            .rate=${plan.targetRate}
            .risk=${this.risk}
            @face-alone-signed=${(event: CustomEvent<SignedText>) => this.#sign(plan, event.detail)}
            @face-alone-declined=${() => this.#decline()}
          ></lintel-face-alone>`
        : nothing}
      <label class="tick">
        <input type="checkbox" .checked=${live(plan.pinInstead)} @change=${(event: Event) => this.#change({ pinInstead: (event.target as HTMLInputElement).checked })} />
        <span>${msg('Name and PIN open without a face')}<span class="hint">${msg('For people whom the camera cannot serve. Without it, they stand outside.')}</span></span>
      </label>
      <lintel-target-rate .rate=${plan.targetRate} .risk=${this.risk} @rate-changed=${(event: CustomEvent<number>) => this.#change({ targetRate: event.detail })}></lintel-target-rate>
    </div>`;
  }

  #ways(plan: DoorPlan): TemplateResult {
    const names: Readonly<Record<ClaimWay, string>> = {
      list: msg('Choose it from a list that everybody at the door can read'),
      typed: msg('Type it'),
      card: msg('Show a card'),
    };
    const changed = (way: ClaimWay, on: boolean): void => {
      const ways = claimWays.filter((each) => (each === way ? on : plan.claimWays.includes(each)));
      if (ways.length > 0) this.#change({ claimWays: ways });
      else this.requestUpdate();
    };
    return html`<fieldset>
      <legend>${msg('How do they say their name?')}</legend>
      ${claimWays.filter((way) => way !== 'card' || this.cards).map(
        (way) => html`<label class="tick">
          <input type="checkbox" .checked=${live(plan.claimWays.includes(way))} @change=${(event: Event) => changed(way, (event.target as HTMLInputElement).checked)} />
          <span>${names[way]}</span>
        </label>`,
      )}
    </fieldset>`;
  }

  #radio(group: string, on: boolean, name: string, hint: string | null, change: Partial<DoorPlan>): TemplateResult {
    return html`<label class="tick">
      <input type="radio" name=${group} .checked=${live(on)} @change=${() => this.#change(change)} />
      <span>${name}${hint === null ? nothing : html`<span class="hint">${hint}</span>`}</span>
    </label>`;
  }

  #signature({ faceAlone }: DoorPlan): string {
    return faceAlone ? msg(str`Signed by ${faceAlone.signedBy}`) : msg('Only with your signature.');
  }

  /** The signature holds for what it was given for: another mode, or more strangers, and a second factor is needed again. */
  #change(change: Partial<DoorPlan>): void {
    const after = this.plan ? { ...this.plan, ...change } : null;
    if (change.secondFactor) this.signing = false;
    const signed = after?.faceAlone ?? null;
    const holds = signed !== null && after?.secondFactor === 'none' && signed.mode === after.mode && after.targetRate <= signed.targetFalseMatchRate;
    const withdrawn: Partial<DoorPlan> = holds ? {} : { faceAlone: null, ...(after?.secondFactor === 'none' ? { secondFactor: 'pin' } : {}) };
    this.dispatchEvent(new CustomEvent<Partial<DoorPlan>>('plan-changed', { detail: { ...change, ...withdrawn } }));
  }

  #sign({ mode, targetRate }: DoorPlan, { signedBy, text }: SignedText): void {
    const signedAtMs = Math.round(systemCalendar.epochMs());
    const faceAlone = { textVersion: faceAloneTextVersion, language: currentLocale(), text, signedBy, signedAtMs, mode, targetFalseMatchRate: targetRate };
    this.#change({ secondFactor: 'none', faceAlone });
  }

  #decline(): void {
    this.signing = false;
    this.requestUpdate();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lintel-door-rules': LintelDoorRules;
  }
}
